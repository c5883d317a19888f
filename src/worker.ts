import { WorkerEntrypoint } from "cloudflare:workers";
import { timingSafeEqual } from "hono/utils/buffer";
import { createApp } from "./app.ts";
import { namespaceOf } from "./catalog/names.ts";
import { currentConfig } from "./config/current.ts";
import { CodemodeError } from "./core/errors.ts";
import { CONNECTION_URL } from "./workspace/workspace.ts";
import type { Workspace, WorkspaceEnv } from "./workspace/workspace.ts";

export { SandboxRun } from "./sandbox/entrypoint.ts";
export { Workspace } from "./workspace/workspace.ts";

export interface Env extends WorkspaceEnv {
  readonly WORKSPACE: DurableObjectNamespace<Workspace>;
  readonly AUTH_TOKEN?: string;
}

/** There is one caller so far, however it comes in. */
const OWNER = "owner";

export default {
  async fetch(request, env, ctx): Promise<Response> {
    try {
      const app = createApp({
        config: currentConfig(namespaceOf),
        local: env.RUNTIME !== undefined,
        // A secret that was piped from a file ends in a line break.
        token: env.AUTH_TOKEN?.trim() || undefined,
        workspace: () => env.WORKSPACE.getByName(OWNER),
      });
      return await app.fetch(request, env, ctx);
    } catch (error) {
      if (!(error instanceof CodemodeError)) throw error;
      return new Response(`${error.message}\n`, { status: 500 });
    }
  },
} satisfies ExportedHandler<Env>;

/** The door of the local runtime's `stdio` command: one WebSocket is one MCP connection. It has a socket of its own there; deployed, nothing leads to it. */
export class StdioFront extends WorkerEntrypoint<Env, { secret: string }> {
  override async fetch(request: Request): Promise<Response> {
    const { secret } = this.ctx.props;
    if (!(await timingSafeEqual(request.headers.get("x-codemode-secret") ?? "", secret))) return new Response("Forbidden", { status: 403 });
    return this.env.WORKSPACE.getByName(OWNER).fetch(new Request(CONNECTION_URL, request));
  }
}
