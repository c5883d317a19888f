import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Limits } from "../core/limits.ts";
import { confined, limited, whyNotConfined } from "./confinement.ts";
import type { Command, View } from "./confinement.ts";
import type { Guardian } from "./guardian.ts";
import { printable } from "./lines.ts";
import { sandboxConfig } from "./sandbox-config.ts";
import { SandboxLog } from "./sandbox-log.ts";
import { SandboxProcess } from "./sandbox-process.ts";
import { newSecret } from "./secret.ts";
import { startWorkerd, workerdBinary } from "./workerd.ts";

export interface SandboxStarterOptions {
  /** The folder of artifacts. */
  readonly importPath: string;
  readonly limits: Limits;
  readonly guardian: Guardian;
  readonly log: (line: string) => void;
}

/** Paths of sockets have room for 104 bytes on some systems, for 108 on others. */
const MAX_SOCKET_PATH = 100;

/**
 * Sandbox processes get nothing: no environment, an empty folder, no file but their own code, no network but the socket they listen on; and as
 * little else as the system lets a user take away.
 */
export function sandboxStarter({ importPath, limits, guardian, log }: SandboxStarterOptions): () => Promise<SandboxProcess> {
  const [root, cwd] = [join(guardian.folder, "root"), join(guardian.folder, "empty")];
  for (const folder of [root, cwd]) mkdirSync(folder, { mode: 0o500 });
  const host = join(importPath, "host.js");
  const viewOf = (writable: string, ...files: string[]): View => ({ root, writable, shown: [workerdBinary(), host, ...files] });
  let started = 0;
  let confinable: Promise<boolean> | undefined;

  const canConfine = async (): Promise<boolean> => {
    if (process.platform !== "linux") return false;
    const why = await whyNotConfined({ file: workerdBinary(), args: ["--version"] }, viewOf(cwd));
    if (why !== undefined) log(`the system does not confine sandbox processes (${printable(why, 200)}): see docs/security.md`);
    return why === undefined;
  };

  return async () => {
    const folder = join(guardian.folder, `socket-${(started += 1)}`);
    mkdirSync(folder, { mode: 0o700 });
    const socket = join(folder, "s");
    const hasSocketFile = process.platform !== "win32" && Buffer.byteLength(socket) <= MAX_SOCKET_PATH;
    // Without a network there are no ports either.
    const confines = hasSocketFile && (await (confinable ??= canConfine()));
    const printed = new SandboxLog();
    const secret = newSecret();
    const workerd = await startWorkerd({
      config: sandboxConfig(limits, secret, hasSocketFile ? `unix:${socket}` : "127.0.0.1:0"),
      importPath,
      socket: "sandbox",
      environment: {},
      guardian,
      cwd,
      onLine: printed.read,
      wrap: (command: Command, config: string) => (confines ? confined(command, viewOf(folder, config)) : limited(command)),
    });
    void workerd.ended.then(() => rmSync(folder, { recursive: true, force: true }));
    const url = hasSocketFile ? `ws+unix:${socket}:/` : `ws://127.0.0.1:${workerd.port}/`;
    return SandboxProcess.adopt({ workerd, url, secret, log: printed, limits });
  };
}
