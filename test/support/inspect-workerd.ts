/**
 * Loaded before the proxy's own code (`node --import`): its workerd, not those of sandboxes, listens for an inspector as well, and the port is
 * told on stderr. No user would want that, so there is no option for it.
 */
import childProcess from "node:child_process";
import type { ChildProcess, SpawnOptions } from "node:child_process";
import { syncBuiltinESMExports } from "node:module";

const { spawn } = childProcess;
const patched = (file: string, args: readonly string[], options: SpawnOptions): ChildProcess => {
  if (args[0] !== "serve" || !args.some((arg) => /[\\/](?:http|front)-\d+\.capnp$/.test(arg))) return spawn(file, args, options);
  const child = spawn(file, [...args, "--inspector-addr=127.0.0.1:0"], options);
  child.stdio[3]?.on("data", (chunk: Buffer) => {
    const [, port] = /"listen-inspector","port":(\d+)/.exec(chunk.toString()) ?? [];
    if (port !== undefined) process.stderr.write(`workerd inspector on ${port}\n`);
  });
  return child;
};
childProcess.spawn = patched as typeof spawn;
syncBuiltinESMExports();
