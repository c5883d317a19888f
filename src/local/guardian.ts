import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OWN_GROUP } from "./process-tree.ts";

/**
 * Sees to it that nothing outlives this process, however it ends: `kill -9` and a crash included, when no code of ours runs. workerd
 * and many MCP servers would otherwise run on for ever.
 */
export interface Guardian {
  /** A folder that only this user can enter, gone when this process is. */
  readonly folder: string;
  /** Process groups to end. */
  watch(pid: number): void;
  release(pid: number): void;
  /** Removes the folder. To be called when all watched processes have ended. */
  close(): void;
}

/**
 * The pipe to this shell breaks when we end, by whatever cause: `read` fails and what is still listed is killed. A shell, because it
 * starts in a millisecond, takes 1 MB and is on every POSIX system. It ignores the signals that a terminal sends to all.
 */
const SCRIPT = `
folder=$1
shift
trap '' INT TERM HUP
while read -r sign pid; do
  if [ "$sign" = + ]; then
    set -- "$@" "$pid"
  else
    old=$*
    set --
    for p in $old; do [ "$p" = "$pid" ] || set -- "$@" "$p"; done
  fi
done
if [ $# -gt 0 ]; then
  for p; do kill -s TERM -- "-$p"; done
  sleep 1
  for p; do kill -s KILL -- "-$p"; done
fi
rm -rf -- "$folder"
`;

export function startGuardian(): Guardian {
  const folder = mkdtempSync(join(tmpdir(), "codemode-proxy-"));
  const tell = OWN_GROUP ? startShell(folder) : () => {};
  return {
    folder,
    watch: (pid) => tell(`+ ${pid}\n`),
    release: (pid) => tell(`- ${pid}\n`),
    close: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

function startShell(folder: string): (line: string) => void {
  const shell = spawn("/bin/sh", ["-c", SCRIPT, "codemode-proxy-guardian", folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    cwd: "/",
    env: { PATH: "/usr/bin:/bin" },
  });
  // An image without a shell has to do without: everything but kill -9 is handled in this process as well.
  shell.on("error", () => {});
  shell.stdin.on("error", () => {});
  shell.unref();
  // Its pipe must not keep this process alive either.
  (shell.stdin as unknown as { unref?(): void }).unref?.();
  return (line) => void shell.stdin.write(line);
}
