import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";

export interface Bare {
  readonly url: string;
  stop(): void;
}

/** Starts the bare Worker Loader in a workerd of its own. */
export async function startBare(): Promise<Bare> {
  const { default: executable } = createRequire(import.meta.url)("workerd") as { default: string };
  const child = spawn(executable, ["serve", "bare.capnp", "--experimental", "--control-fd=3"], {
    cwd: join(import.meta.dirname),
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  const control = child.stdio[3];
  if (control === null || control === undefined) throw new Error("workerd has no control channel");
  const port = await new Promise<number>((resolve, reject) => {
    child.once("exit", () => reject(new Error("the bare workerd ended")));
    control.on("data", (chunk: Buffer) => {
      const [, found] = /"port":(\d+)/.exec(chunk.toString()) ?? [];
      if (found !== undefined) resolve(Number(found));
    });
  });
  return { url: `http://127.0.0.1:${port}/`, stop: () => void child.kill("SIGKILL") };
}
