import { rm } from "node:fs/promises";
import type { CallerEra } from "./callers.ts";
import { startProxy, writeConfig } from "./proxy.ts";
import type { Proxy } from "./proxy.ts";

export type CallerTransport = "HTTP" | "stdio";

/** How a caller may come. */
export const FOUR_WAYS: readonly [CallerEra, CallerTransport][] = [
  ["2025", "HTTP"],
  ["2026", "HTTP"],
  ["2025", "stdio"],
  ["2026", "stdio"],
];

/** One configuration for callers over HTTP, who share a proxy, and for those over stdio, who start one each. */
export interface Served {
  readonly proxy: Proxy;
  /** As `openAskedCaller` takes it. */
  readonly to: (transport: CallerTransport) => URL | string;
  readonly stop: () => Promise<void>;
}

export async function serve(config: unknown): Promise<Served> {
  const [proxy, { folder, file }] = await Promise.all([startProxy(config), writeConfig(config)]);
  return {
    proxy,
    to: (transport) => (transport === "HTTP" ? proxy.url : file),
    async stop() {
      await Promise.all([proxy.stop(), rm(folder, { recursive: true, force: true })]);
    },
  };
}
