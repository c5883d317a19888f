import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Answer } from "./loopback.ts";

/** One sealed credential as it lies in its file. */
export interface StoredCredential {
  /** The id of the Workspace. */
  readonly caller: string;
  /** The key of the upstream, a dot, and a word that stands for its address. */
  readonly name: string;
  readonly savedAt: number;
  readonly sealed: string;
}

/** A process that died in the middle of a renewal keeps the others from it no longer than this. A renewal is one request, which has `listMs`. */
const STALE_LOCK_MS = 30_000;
const LOCK_POLL_MS = 50;

/**
 * Sealed credentials, one file each, so that processes do not write over each other's. A name never comes from outside as it is: it is hashed.
 * Locks are files, too: a refresh token that two processes show at once can cost the whole grant.
 */
export class CredentialFiles {
  readonly #folder: string;

  constructor(stateFolder: string) {
    this.#folder = join(stateFolder, "credentials");
  }

  /** The requests of the Worker: `/credential/<caller>/<name>`. */
  readonly answer: Answer = (path, method, body) => {
    const [, caller, name] = /^\/credential\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
    if (caller === undefined || name === undefined) return undefined;
    return this.#answer(decodeURIComponent(caller), decodeURIComponent(name), method, body);
  };

  list(): StoredCredential[] {
    if (!existsSync(this.#folder)) return [];
    const files = readdirSync(this.#folder).filter((file) => file.endsWith(".json"));
    return files.flatMap((file) => this.#read(join(this.#folder, file)) ?? []);
  }

  async #answer(caller: string, name: string, method: string, body: string): Promise<{ status: number; text: string }> {
    const file = this.#file(caller, name);
    switch (method) {
      case "GET": {
        const found = this.#read(file);
        return found === undefined ? { status: 204, text: "" } : { status: 200, text: found.sealed };
      }
      case "PUT":
        this.#write(file, { caller, name, savedAt: Date.now(), sealed: body });
        return { status: 204, text: "" };
      case "DELETE":
        rmSync(file, { force: true });
        return { status: 204, text: "" };
      case "POST":
        return body === "" ? { status: 200, text: await this.#lock(`${file}.lock`) } : this.#unlock(`${file}.lock`, body);
      default:
        return { status: 405, text: "" };
    }
  }

  async #lock(file: string): Promise<string> {
    const lock = randomUUID();
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    for (;;) {
      try {
        writeFileSync(file, lock, { mode: 0o600, flag: "wx" });
        return lock;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      if (ageOf(file) > STALE_LOCK_MS) rmSync(file, { force: true });
      else await delay(LOCK_POLL_MS);
    }
  }

  #unlock(file: string, lock: string): { status: number; text: string } {
    if (existsSync(file) && readFileSync(file, "utf8") === lock) rmSync(file, { force: true });
    return { status: 204, text: "" };
  }

  #read(file: string): StoredCredential | undefined {
    try {
      return JSON.parse(readFileSync(file, "utf8")) as StoredCredential;
    } catch {
      return undefined;
    }
  }

  #write(file: string, credential: StoredCredential): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const own = `${file}.${randomUUID()}`;
    writeFileSync(own, JSON.stringify(credential), { mode: 0o600, flag: "wx" });
    // Readers see the old one or the new one, never a part.
    renameSync(own, file);
  }

  #file(caller: string, name: string): string {
    const hash = createHash("sha256")
      .update(JSON.stringify([caller, name]))
      .digest("hex");
    return join(this.#folder, `${hash}.json`);
  }
}

function ageOf(file: string): number {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}
