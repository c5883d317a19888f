import { randomBytes } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { CodemodeError } from "../core/errors.ts";

/** What the variable is called that puts the folder elsewhere. */
const FOLDER_VARIABLE = "CODEMODE_STATE";

/** Where this user's connections and audit are kept from one start to the next: a folder of `XDG_STATE_HOME`, or what stands for it. */
export function stateFolder(environment: NodeJS.ProcessEnv, platform: string = process.platform): string {
  const { [FOLDER_VARIABLE]: own, XDG_STATE_HOME: state, LOCALAPPDATA: local } = environment;
  if (own) return own;
  // The specification has relative paths ignored.
  if (state?.startsWith("/") === true) return join(state, "codemode-proxy");
  return platform === "win32" && local ? join(local, "codemode-proxy") : join(homedir(), ".local", "state", "codemode-proxy");
}

/** Makes it: nobody else may read it. Throws CodemodeError("fault"). */
export function makeStateFolder(environment: NodeJS.ProcessEnv): string {
  const folder = stateFolder(environment);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // It may have been there before, or the umask may have changed it.
    chmodSync(folder, 0o700);
  } catch (error) {
    throw new CodemodeError("fault", `${folder} cannot be made or used (${(error as NodeJS.ErrnoException).code ?? "unknown error"}).`, {
      remedy: `Set ${FOLDER_VARIABLE} to a folder of yours: what upstreams with OAuth give is kept there, sealed.`,
      cause: error,
    });
  }
  return folder;
}

/** The key with which it is sealed, made at the first use. A file that others could read is not used. */
export function keyIn(folder: string): string {
  const file = join(folder, "key");
  const own = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(own, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  try {
    // Fails if there is one: of two processes that start at once, one key stands, and it is whole.
    linkSync(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(own, { force: true });
  }
  if (process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0) {
    throw new CodemodeError("fault", `Others may read ${file}, the key of your connections.`, {
      remedy: "Run `chmod 600` on it if nobody has, or remove it and connect the upstreams again.",
    });
  }
  return readFileSync(file, "utf8").trim();
}
