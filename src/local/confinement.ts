import { spawn } from "node:child_process";
import type { Readable } from "node:stream";

/** A program with its arguments, as `child_process.spawn` gets them. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

export interface View {
  /** An existing folder, over which the process's own root is mounted; nobody else sees that. */
  readonly root: string;
  /** Files that the process may read, besides the system's programs and libraries. */
  readonly shown: readonly string[];
  /** The one folder in which it may make something: its socket. */
  readonly writable: string;
}

/** No core files, which would hold what a program holds; no byte written to any file; few open files. */
const LIMITS = "ulimit -c 0; ulimit -f 0; ulimit -n 256";

/**
 * Runs as root of a user namespace of its own, which gives it no right outside: shows what is to be seen, read-only, and leaves the rest
 * behind, its own rights included. Descriptor 3 is told the number of the process outside, which `unshare` stands in front of.
 */
const CONFINE = `
set -e
PATH=/usr/bin:/bin:/usr/sbin:/sbin
root=$1
writable=$2
shift 2
mount -t tmpfs -o size=256k,mode=755,nosuid,nodev none "$root"
show() {
  if [ -d "$1" ]; then mkdir -p "$root$1"; else mkdir -p "$root\${1%/*}"; : > "$root$1"; fi
  mount --rbind "$1" "$root$1"
}
seal() {
  mount -o remount,bind,ro,nosuid "$root$1"
}
for path in /usr /bin /sbin /lib /lib64 /nix/store; do
  if [ -L "$path" ]; then
    ln -s "$(readlink "$path")" "$root$path"
  elif [ -d "$path" ]; then
    show "$path"
    seal "$path"
  fi
done
while [ "$1" != -- ]; do
  if [ ! -e "$root$1" ]; then
    show "$1"
    seal "$1"
  fi
  shift
done
shift
show "$writable"
mkdir "$root/empty"
mount -o remount,bind,ro,nosuid,nodev "$root"
read -r pid rest < /proc/self/stat
printf '{"event":"process","pid":%s}\\n' "$pid" >&3
${LIMITS}
export PATH
exec chroot "$root" setpriv --no-new-privs --bounding-set=-all --inh-caps=-all -- env -i --chdir=/empty "$@"
`;

const LIMIT = `
${LIMITS}
if /usr/bin/setpriv --no-new-privs /usr/bin/env true 2>/dev/null; then
  exec /usr/bin/setpriv --no-new-privs -- /usr/bin/env -i "$@"
fi
exec /usr/bin/env -i "$@"
`;

/**
 * The command without a network, without other processes, without files but those of `view`, without any right, in an empty environment and an
 * empty folder. Linux alone, where a user may make namespaces: see `canConfine`.
 */
export function confined({ file, args }: Command, { root, shown, writable }: View): Command {
  const namespaces = ["--user", "--map-root-user", "--mount", "--net", "--ipc", "--uts", "--pid", "--fork", "--kill-child"];
  const script = ["/bin/sh", "-c", CONFINE, "codemode-proxy-sandbox", root, writable, "/dev/urandom", ...shown];
  return { file: "unshare", args: [...namespaces, "--", ...script, "--", file, ...args] };
}

/** The command with the limits that every POSIX system has, in an empty environment. */
export function limited({ file, args }: Command): Command {
  if (process.platform === "win32") return { file, args };
  return { file: "/bin/sh", args: ["-c", LIMIT, "codemode-proxy-sandbox", file, ...args] };
}

/** Undefined if `command` can be run confined to `view`, shown by doing it; or why not. It has to end by itself, with 0. */
export function whyNotConfined(command: Command, view: View): Promise<string | undefined> {
  const { file, args } = confined(command, view);
  const child = spawn(file, args, { stdio: ["ignore", "ignore", "pipe", "pipe"], env: {} });
  (child.stdio[3] as Readable).resume();
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(0, 1_000);
  });
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code) => resolve(code === 0 ? undefined : said.trim() || `exit code ${code}`));
  });
}
