import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Guardian, startGuardian } from "../../../src/local/guardian.ts";
import { startWorkerd, type Workerd } from "../../../src/local/workerd.ts";
import { workerdConfig } from "../../../src/local/workerd-config.ts";

/** Shows what it was given, and holds a stream open. */
const WORKER = `
import { DurableObject, WorkerEntrypoint } from "cloudflare:workers";
import configText from "./codemode.jsonc";
import more from "more.txt";
export class Workspace extends DurableObject {
  fetch() { return Response.json([...this.ctx.storage.sql.exec("SELECT 1 + 1 AS two")]); }
}
export class StdioFront extends WorkerEntrypoint {
  fetch() { return Response.json(this.ctx.props); }
}
export default {
  fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (pathname === "/sql") return env.WORKSPACE.getByName("owner").fetch(request);
    if (pathname === "/open") return new Response(new ReadableStream({ start: (to) => to.enqueue(new TextEncoder().encode("open")) }));
    const { TOKEN, UNSET } = env;
    const RUNTIME = typeof env.RUNTIME.fetch;
    return Response.json({ configText, more, TOKEN, UNSET, RUNTIME, loader: typeof env.LOADER.load });
  },
};
`;
const HOSTILE = '{ "a": "\\" ), (name = \\x22x\\x22" } # \u0000\u0001\u007f\u0085\r\n\u2028 é 😀 ")]; \\';

let guardian: Guardian;
let folder: string;
let running: Workerd | undefined;

beforeEach(() => {
  guardian = startGuardian();
  folder = mkdtempSync(join(tmpdir(), "codemode-test-"));
  writeFileSync(join(folder, "worker.js"), WORKER);
  mkdirSync(join(folder, "below"));
  writeFileSync(join(folder, "below", "more.txt"), "more text");
});

afterEach(async () => {
  await running?.kill();
  running = undefined;
  guardian.close();
  rmSync(folder, { recursive: true });
});

async function start(socket: Parameters<typeof workerdConfig>[0]["socket"]): Promise<Workerd> {
  const storage = join(guardian.folder, "storage");
  mkdirSync(storage);
  const artifacts = { folder, modules: [{ name: "more.txt", type: "text" as const, path: "below/more.txt" }] };
  const loopback = { port: 1, secret: "s" };
  const config = workerdConfig({ artifacts, configText: HOSTILE, variables: ["TOKEN", "UNSET"], storage, loopback, socket });
  const environment = { TOKEN: "t-1" };
  running = await startWorkerd({ config, importPath: folder, socket: socket.name, environment, guardian });
  return running;
}

describe("workerd", () => {
  it("gives the Worker its modules, its variables and SQL, and leaves no configuration behind", async () => {
    const { port } = await start({ name: "http", port: 0 });
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).json()).toEqual({
      configText: HOSTILE,
      more: "more text",
      TOKEN: "t-1",
      UNSET: null,
      RUNTIME: "function",
      loader: "function",
    });
    expect(await (await fetch(`http://127.0.0.1:${port}/sql`)).json()).toEqual([{ two: 2 }]);
    expect(readdirSync(guardian.folder)).toEqual(["storage"]);
  });

  it("gives the front its secret", async () => {
    const { port } = await start({ name: "front", secret: "f-1" });
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).json()).toEqual({ secret: "f-1" });
  });

  it("ends while a stream is open", async () => {
    const workerd = await start({ name: "http", port: 0 });
    const response = await fetch(`http://127.0.0.1:${workerd.port}/open`);
    await workerd.kill();
    expect(await workerd.ended).toBe("signal SIGKILL");
    await expect(response.text()).rejects.toThrow();
  });

  it("fails when workerd does, and leaves no configuration behind", async () => {
    const config = "const config :Nonsense = ();";
    const options = { config, importPath: folder, socket: "http", environment: {}, guardian };
    await expect(startWorkerd(options)).rejects.toMatchObject({ code: "fault", message: "workerd did not start (exit code 1)." });
    expect(existsSync(join(guardian.folder, "workerd.capnp"))).toBe(false);
  });
});
