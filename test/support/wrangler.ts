import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./proxy.ts";

const WRANGLER = join(ROOT, "node_modules/.bin/wrangler");

/** What `npm run deploy` uploads, as wrangler bundles it and as it runs without the local runtime. `root`: the repository, or a copy of it. */
export function wrangler(args: readonly string[], root = ROOT): ChildProcess & { text: () => string } {
  const child = spawn(process.execPath, [WRANGLER, ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => void (text += chunk.toString()));
  return Object.assign(child, { text: () => text });
}

export interface Deployed {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Runs it on a free port; what it keeps is in the folder `name` below `folder`. */
export async function wranglerDev(folder: string, name: string, vars: readonly string[] = [], root = ROOT): Promise<Deployed> {
  const args = [
    "dev",
    "--port",
    "0",
    "--inspector-port",
    "0",
    "--persist-to",
    join(folder, name),
    ...vars.flatMap((value) => ["--var", value]),
  ];
  const child = wrangler(args, root);
  const closed = new Promise<void>((resolve) => void child.once("close", () => resolve()));
  const origin = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", () => {
      const [, found] = /Ready on (http:\/\/\S+)/.exec(child.text()) ?? [];
      if (found !== undefined) resolve(found);
    });
    void closed.then(() => reject(new Error(child.text())));
  });
  return {
    origin,
    async stop() {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
      await closed;
    },
  };
}
