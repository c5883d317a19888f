import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export const ROOT = join(import.meta.dirname, "../..");
export const CLI = join(ROOT, "dist/cli.js");

/** Proxies that tests start keep their audit here, and not in the home of whoever runs them. The SDKs' stdio clients hand on little of their environment. */
export const STDIO_ENV = { XDG_STATE_HOME: join(tmpdir(), "codemode-test-state") };

export interface Proxy {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly url: URL;
  readonly child: ChildProcess;
  readonly stderr: () => string;
  stop(): Promise<void>;
}

export interface ProxyOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Options of Node's own. */
  readonly node?: readonly string[];
}

/** Writes a configuration into a folder of its own. The caller removes the folder. */
export async function writeConfig(config: unknown): Promise<{ folder: string; file: string }> {
  const folder = await mkdtemp(join(tmpdir(), "codemode-test-"));
  const file = join(folder, "codemode.jsonc");
  await writeFile(file, JSON.stringify(config));
  return { folder, file };
}

/** Starts the built proxy on a free port with real workerd, as a user does. Resolves when it listens. */
export async function startProxy(config: unknown, { env = {}, node = [] }: ProxyOptions = {}): Promise<Proxy> {
  const { folder, file } = await writeConfig(config);
  const child = spawn(process.execPath, [...node, CLI, "serve", "--config", file, "--port", "0"], {
    env: { ...process.env, ...STDIO_ENV, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const exited = new Promise<void>((resolve) => void child.once("exit", () => resolve()));
  const origin = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [, found] = /listening on (http:\/\/\S+)\/mcp/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
    });
    void exited.then(() => reject(new Error(`the proxy ended: ${stderr}`)));
  });
  return {
    origin,
    url: new URL(`${origin}/mcp`),
    child,
    stderr: () => stderr,
    async stop() {
      child.kill("SIGTERM");
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
