import { WorkerEntrypoint } from "cloudflare:workers";
import { timingSafeEqual } from "hono/utils/buffer";
import { createApp } from "./app.ts";
import { alone, connectFace } from "./connect-face.ts";
import { namespaceOf } from "./catalog/names.ts";
import { currentConfig } from "./config/current.ts";
import { resolveDoorSecrets } from "./config/door-secrets.ts";
import { readVariable } from "./core/variables.ts";
import { API_TEXT_KINDS } from "./core/api-text.ts";
import { OWNER } from "./core/caller.ts";
import { CodemodeError } from "./core/errors.ts";
import { knownCallers } from "./http/callers.ts";
import { oauthDoor } from "./oauth/door.ts";
import type { OAuthStore } from "./oauth/store.ts";
import { CONNECTION_URL } from "./workspace/workspace.ts";
import type { Workspace, WorkspaceEnv } from "./workspace/workspace.ts";

export { SandboxRun } from "./sandbox/entrypoint.ts";
export { OAuthStore } from "./oauth/store.ts";
export { Workspace } from "./workspace/workspace.ts";

export interface Env extends WorkspaceEnv {
  readonly WORKSPACE: DurableObjectNamespace<Workspace>;
  readonly OAUTH_STORE: DurableObjectNamespace<OAuthStore>;
  readonly AUTH_TOKEN?: string;
}

export default {
  async fetch(request, env, ctx): Promise<Response> {
    try {
      const { config, secrets, token, known, store, face } = doorOf(env);
      const oauth = oauthDoor(config, secrets, known, store, face.log);
      const hasTokens = token !== undefined || secrets.callers.size > 0;
      const connect = connectFace({ ...face, hasSecrets: hasTokens || secrets.passphrase !== undefined });
      const app = createApp({
        config,
        local: env.RUNTIME !== undefined,
        hasTokens,
        known,
        ...(oauth !== undefined && { oauth, protect: oauth.protect }),
        ...(connect !== undefined && { connect }),
        workspace: ({ id }) => env.WORKSPACE.getByName(id),
      });
      return await app.fetch(request, env, ctx);
    } catch (error) {
      if (!(error instanceof CodemodeError)) throw error;
      return new Response(`${error.message}\n`, { status: 500 });
    }
  },
} satisfies ExportedHandler<Env>;

function doorOf(env: Env) {
  const config = currentConfig(namespaceOf);
  const secrets = resolveDoorSecrets(config, (name) => readVariable(env, name));
  // A secret that was piped from a file ends in a line break.
  const token = env.AUTH_TOKEN?.trim() || undefined;
  const known = knownCallers(config, secrets, token);
  const store = env.OAUTH_STORE.getByName("oauth");
  const log = (line: string) => console.error(line);
  return { config, secrets, token, known, store, face: { config, secrets, known, workspaces: env.WORKSPACE, store, log } };
}

/**
 * The pages for connecting upstreams and nothing else, on a port beside `stdio`, where a browser has no other. Nobody has to show who they are: the link
 * went to the one client. Deployed, nothing leads to it.
 */
export class ConnectFront extends WorkerEntrypoint<Env> {
  override async fetch(request: Request): Promise<Response> {
    const { config, face } = doorOf(this.env);
    const pages = connectFace({ ...face, hasSecrets: false });
    return pages === undefined ? new Response("Not found.\n", { status: 404 }) : alone(config, pages).fetch(request, this.env, this.ctx);
  }
}

/**
 * The door of the local runtime's commands `stdio`, where one WebSocket is one MCP connection, `types`, which asks for a text of the API, and `auth`. It has a
 * socket of its own there; deployed, nothing leads to it.
 */
export class StdioFront extends WorkerEntrypoint<Env, { secret: string }> {
  override async fetch(request: Request): Promise<Response> {
    const { secret } = this.ctx.props;
    if (!(await timingSafeEqual(request.headers.get("x-codemode-secret") ?? "", secret))) return new Response("Forbidden", { status: 403 });
    const workspace = this.env.WORKSPACE.getByName(OWNER.id);
    const { pathname, searchParams } = new URL(request.url);
    const profile = searchParams.get("profile") ?? undefined;
    const kind = API_TEXT_KINDS.find((each) => pathname === `/types/${each}`);
    if (kind !== undefined) return Response.json(await workspace.apiText(kind, profile));
    const [, key, wait] = /^\/auth\/([^/]+)(\/wait)?$/.exec(pathname) ?? [];
    if (key !== undefined) {
      const upstream = decodeURIComponent(key);
      if (request.method === "DELETE") return Response.json(await workspace.disconnect(upstream));
      return Response.json((await workspace.connection(upstream, wait !== undefined)) ?? null);
    }
    return workspace.fetch(new Request(profile === undefined ? CONNECTION_URL : `${CONNECTION_URL}/${profile}`, request));
  }
}
