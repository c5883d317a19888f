import { Hono } from "hono";
import { timingSafeEqual } from "hono/utils/buffer";
import type { DoorSecrets } from "./config/door-secrets.ts";
import type { Config } from "./config/schema.ts";
import { OWNER } from "./core/caller.ts";
import { checkHost, checkOrigin } from "./http/guards.ts";
import type { KnownToken } from "./oauth/authority.ts";
import { connectPages } from "./oauth/connect.ts";
import type { OAuthStore } from "./oauth/store.ts";
import { clientDocument } from "./upstream/authorization.ts";
import { connectionEntry } from "./workspace/connections.ts";
import type { Workspace } from "./workspace/workspace.ts";

export interface ConnectFaceDeps {
  readonly config: Config;
  readonly secrets: DoorSecrets;
  readonly known: KnownToken;
  /** Whether a caller has anything that it can show. */
  readonly hasSecrets: boolean;
  readonly workspaces: DurableObjectNamespace<Workspace>;
  readonly store: DurableObjectStub<OAuthStore>;
  readonly log: (line: string) => void;
}

/** The pages for connecting upstreams, or undefined if no upstream is connected by OAuth. */
export function connectFace({ config, secrets, known, hasSecrets, workspaces, store, log }: ConnectFaceDeps): Hono | undefined {
  if (!config.upstreams.some((upstream) => upstream.kind === "http" && upstream.oauth !== undefined)) return undefined;
  const { passphrase, oidc } = secrets;
  const allow = config.signIn?.oidc?.allow;
  const idOf = (callerId: string) => workspaces.idFromName(callerId).toString();
  const isCaller = async (said: string, id: string) => {
    if (passphrase !== undefined && (await timingSafeEqual(said, passphrase))) return idOf(OWNER.id) === id;
    const caller = await known(said);
    return caller !== undefined && idOf(caller.id) === id;
  };
  return connectPages({
    store,
    async find(secret) {
      const id = await store.get(await connectionEntry(secret));
      return id === null ? undefined : { id, workspace: workspaces.get(workspaces.idFromString(id)) };
    },
    ...(hasSecrets && { isCaller }),
    ...(oidc !== undefined && allow !== undefined && { provider: { ...oidc, allow } }),
    document: clientDocument,
    idOf,
    origin: (request) => config.publicUrl ?? new URL(request.url).origin,
    limits: config.limits,
    log,
  });
}

/** The pages on a port of their own, on this machine. */
export function alone(config: Config, pages: Hono): Hono {
  return new Hono().use(checkHost({ config, local: true }), checkOrigin({ config, local: true })).route("/", pages);
}
