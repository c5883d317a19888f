import { createServer } from "node:net";
import { CodemodeError } from "../core/errors.ts";
import { printable } from "./lines.ts";
import { startRuntime } from "./runtime.ts";
import type { Setup } from "./setup.ts";

/** The answer of `/healthz`, as far as it is shown. */
interface Health {
  readonly upstreams: Readonly<Record<string, { readonly status: string; readonly tools?: number; readonly why?: string }>>;
}

export interface ServeOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly version: string;
  /** Fulfilled when the proxy is to end. */
  readonly stop: Promise<void>;
  readonly print: (line: string) => void;
  readonly warn: (line: string) => void;
}

/** Runs the proxy on 127.0.0.1 until it is told to stop. Throws `CodemodeError` if it cannot start, or if workerd dies. */
export async function serve(setup: Setup, { port, version, stop, print, warn }: ServeOptions): Promise<void> {
  await claimable(port);
  const runtime = await startRuntime(setup, { name: "http", port });
  const origin = `http://127.0.0.1:${runtime.port}`;
  const token = setup.environment["AUTH_TOKEN"];
  print(`codemode-proxy ${version} listening on ${origin}/mcp`);
  print(
    `Add it to a client: claude mcp add --transport http codemode ${origin}/mcp${token ? ' --header "Authorization: Bearer $AUTH_TOKEN"' : ""}`,
  );

  let ending = false;
  showUpstreams(origin, token, print).catch(() => {
    if (!ending) warn(`${origin}/healthz did not answer as expected. The proxy runs; its upstreams are not known.`);
  });
  const died = await Promise.race([stop, runtime.ended]);
  ending = true;
  await runtime.end();
  if (died !== undefined) throw new CodemodeError("fault", `workerd ended unexpectedly (${died}).`, { remedy: "Start the proxy again." });
}

/** workerd reports a taken port as one error among others; asking first makes it a message of its own. */
async function claimable(port: number): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === "EADDRINUSE" ? "is in use by another process" : `cannot be used (${code ?? "unknown error"})`;
    throw new CodemodeError("fault", `Port ${port} on 127.0.0.1 ${what}.`, {
      remedy: "End that process, or choose another port; --port 0 takes a free one.",
    });
  }
  await new Promise<void>((resolve) => void server.close(() => resolve()));
}

async function showUpstreams(origin: string, token: string | undefined, print: (line: string) => void): Promise<void> {
  const response = await fetch(`${origin}/healthz`, token ? { headers: { authorization: `Bearer ${token}` } } : {});
  const { upstreams } = await response.json<Health>();
  const rows = Object.entries(upstreams).map(([key, { status, tools, why }]) => [
    printable(key, 60),
    printable(status, 20),
    printable(why ?? (tools === undefined ? "" : tools === 1 ? "1 tool" : `${tools} tools`), 200),
  ]);
  if (rows.length === 0) print('No upstreams: add some to "mcpServers" in the configuration.');
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) print(`  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd());
}
