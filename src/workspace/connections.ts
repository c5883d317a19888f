import type { Config } from "../config/schema.ts";
import { CodemodeError } from "../core/errors.ts";
import { digestOf, MIN_KEY_CHARS, Sealing } from "../core/sealing.ts";
import { Connecting } from "../upstream/connecting.ts";
import type { OAuthUpstream } from "../upstream/connecting.ts";
import type { ReadEnv } from "../upstream/credentials.ts";
import { oauthUpstreams } from "../upstream/oauth-upstreams.ts";
import { Vault } from "../upstream/vault.ts";
import { SqlCredentialStore } from "./credential-store.ts";
import { SqlPendingStore } from "./pending-store.ts";
import { RemoteCredentials } from "./remote-credentials.ts";

export interface ConnectionsDeps {
  readonly config: Config;
  /** The name of this Workspace. */
  readonly caller: string;
  readonly readEnv: ReadEnv;
  readonly sql: SqlStorage;
  readonly runtime?: Fetcher;
  readonly announce: (id: string, seconds: number) => Promise<void>;
  /** Deployed: under which origin the caller's last request came. */
  readonly lastOrigin: () => string | undefined;
  readonly onConnected: (key: string) => Promise<void>;
  readonly log: (line: string) => void;
}

/** What a Workspace needs for upstreams with OAuth. */
export interface Connections {
  readonly upstreams: ReadonlyMap<string, OAuthUpstream>;
  readonly connecting: Connecting;
}

/** Undefined without CODEMODE_KEY: what could not be kept sealed is not had at all. Throws CodemodeError("config") for one that can be guessed. */
export function connectionsOf(deps: ConnectionsDeps): Connections | undefined {
  const { config, readEnv, sql, runtime, log } = deps;
  const [key, previous] = [readKey(readEnv, "CODEMODE_KEY"), readKey(readEnv, "CODEMODE_KEY_PREVIOUS")];
  if (key === undefined) return undefined;
  const sealing = new Sealing(key, previous);
  const store = runtime === undefined ? new SqlCredentialStore(sql) : new RemoteCredentials(runtime, deps.caller);
  const vault = new Vault(deps.caller, store, sealing);
  const upstreams = oauthUpstreams(config.upstreams, { vault, readEnv, limits: config.limits, log });
  const connecting = new Connecting({
    upstreams,
    pending: new SqlPendingStore(sql),
    sealing,
    announce: deps.announce,
    origin: () => originOf(deps),
    onConnected: deps.onConnected,
    limits: config.limits,
    now: Date.now,
    log,
  });
  return { upstreams, connecting };
}

/** Under which key the HTTP face finds what belongs to a ticket or a state. */
export async function connectionEntry(secret: string): Promise<string> {
  return entryName(await digestOf(secret));
}

export function entryName(id: string): string {
  return `connect:${id}`;
}

/** Where browsers reach the proxy: what the configuration says, else what the local runtime knows, else where the caller has reached it. */
async function originOf({ config, runtime, lastOrigin }: ConnectionsDeps): Promise<string> {
  if (config.publicUrl !== undefined) return config.publicUrl;
  const origin = runtime === undefined ? lastOrigin() : await (await runtime.fetch("http://runtime/origin")).text();
  if (origin === undefined) throw new CodemodeError("fault", "nobody has called the proxy yet, so its own address is not known");
  return origin;
}

function readKey(readEnv: ReadEnv, name: string): string | undefined {
  const key = readEnv(name)?.trim();
  if (key === undefined || key === "") return undefined;
  if (key.length >= MIN_KEY_CHARS) return key;
  throw new CodemodeError("config", `${name}: Shorter than ${MIN_KEY_CHARS} characters.`, {
    remedy: "Use a long random text, as `openssl rand -base64 32` prints one.",
  });
}
