import { resolveOAuthClient } from "../config/env-references.ts";
import type { UpstreamConfig } from "../config/schema.ts";
import type { Limits } from "../core/limits.ts";
import { authorizationFetch } from "./authorization-fetch.ts";
import type { OAuthUpstream } from "./connecting.ts";
import { resolveTarget } from "./credentials.ts";
import type { ReadEnv } from "./credentials.ts";
import { UpstreamAuth } from "./upstream-auth.ts";
import type { Vault } from "./vault.ts";

export interface OAuthUpstreamsDeps {
  readonly vault: Vault;
  readonly readEnv: ReadEnv;
  readonly limits: Pick<Limits, "listMs">;
  readonly log: (line: string) => void;
}

/** The upstreams that are connected by OAuth. One whose references cannot be resolved says so where it is used. */
export function oauthUpstreams(configs: readonly UpstreamConfig[], deps: OAuthUpstreamsDeps): ReadonlyMap<string, OAuthUpstream> {
  const { vault, readEnv, limits, log } = deps;
  const found = configs.flatMap((config): [string, OAuthUpstream][] => {
    if (config.kind !== "http" || config.oauth === undefined) return [];
    const { key, oauth } = config;
    try {
      const { url } = resolveTarget(config, readEnv);
      const send = authorizationFetch(url, limits.listMs);
      const auth = new UpstreamAuth(key, url, { vault, send, now: Date.now, log });
      return [[key, { key, url, auth, send, configured: () => resolveOAuthClient(key, oauth, readEnv) }]];
    } catch {
      return [];
    }
  });
  return new Map(found);
}
