import { spawn } from "node:child_process";

/**
 * Whether children get a process group (and session) of their own. It is what makes a kill reach the grandchildren of `npx x`, and
 * it keeps a Ctrl-C in the terminal from reaching them before we have decided how they end. Windows has no such groups; there Node's
 * job object ends the children with us.
 */
export const OWN_GROUP = process.platform !== "win32";

/** Signals a child that was spawned with `detached: OWN_GROUP`, and all its descendants. Never throws: it may be gone already. */
export function signalTree(pid: number, signal: "SIGTERM" | "SIGKILL"): void {
  if (!OWN_GROUP) {
    // Windows has no SIGTERM either: closing stdin was the polite request.
    spawn("taskkill", ["/pid", String(pid), "/t", "/f"], { stdio: "ignore", windowsHide: true }).on("error", () => {});
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // No such group any more.
  }
}
