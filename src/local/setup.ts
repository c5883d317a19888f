import { readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { parseConfig } from "../config/load.ts";
import type { Config } from "../config/schema.ts";
import { CodemodeError } from "../core/errors.ts";

/** What one run of the local runtime is about. */
export interface Setup {
  readonly config: Config;
  /** The text of the configuration file as it stands. */
  readonly configText: string;
  /** The folder of the configuration file, absolute. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Reads and checks the configuration file. Throws `CodemodeError("config")`. */
export function readSetup(path: string, environment: NodeJS.ProcessEnv, namespaceOf: (key: string) => string): Setup {
  const file = resolve(path);
  const configText = readText(file);
  const config = parseConfig(configText, { namespaceOf, source: basename(file) });
  return { config, configText, folder: dirname(file), environment: { ...environment, ...authToken(environment) } };
}

/** A token that no `Authorization: Bearer` header can carry (RFC 6750, 2.1) would shut everybody out. */
function authToken({ AUTH_TOKEN }: NodeJS.ProcessEnv): { AUTH_TOKEN?: string } {
  if (AUTH_TOKEN === undefined || AUTH_TOKEN === "") return {};
  const token = AUTH_TOKEN.trim();
  if (/^[A-Za-z0-9._~+/-]+=*$/.test(token)) return { AUTH_TOKEN: token };
  throw new CodemodeError("config", "AUTH_TOKEN has a character that a bearer token cannot have.", {
    remedy: "Use letters, digits and - . _ ~ + / only, as in `openssl rand -hex 32`.",
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") {
      throw new CodemodeError("config", `No configuration file at ${file}.`, { remedy: "Write one, or name another with --config FILE." });
    }
    throw new CodemodeError("config", `Cannot read ${file} (${code ?? "unknown error"}).`, {
      remedy: "Name a readable file with --config FILE.",
    });
  }
}
