import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAskedCaller } from "../support/asked-caller.ts";
import type { AskedCaller } from "../support/asked-caller.ts";
import { FormBrowser } from "../support/browser.ts";
import { connectAs, linkIn } from "../support/connect.ts";
import { startOAuthUpstream } from "../support/oauth-upstream.ts";
import type { OAuthUpstream } from "../support/oauth-upstream.ts";
import { ROOT, startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";
import type { ScriptedUpstream } from "../support/upstreams.ts";

/** Every secret that the proxy is given; those that it gets itself come on top. */
const PLANTED = {
  AUTH_TOKEN: "planted-owner-token-0123456789",
  KEYED_SECRET: "planted-header-secret-0123456789",
  QUERY_SECRET: "planted-query-secret-0123456789",
  CHILD_SECRET: "planted-child-secret-0123456789",
  CLIENT_SECRET: "planted-client-secret-0123456789",
  CODEMODE_KEY: "planted-sealing-key-0123456789-0123456789",
  CODEMODE_KEY_PREVIOUS: "planted-older-key-0123456789-0123456789",
};

let peer: OAuthUpstream;
let registered: OAuthUpstream;
let keyed: ScriptedUpstream;
let proxy: Proxy;
let state: string;
let caller: AskedCaller;
/** All that has left the proxy, by where. */
const left: [where: string, text: string][] = [];

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), "codemode-state-"));
  peer = await startOAuthUpstream();
  registered = await startOAuthUpstream({
    configuration: {
      clients: [
        {
          client_id: "registered",
          client_secret: PLANTED.CLIENT_SECRET,
          redirect_uris: ["http://127.0.0.1/connect/callback"],
          application_type: "native",
          grant_types: ["authorization_code", "refresh_token"],
          token_endpoint_auth_method: "client_secret_basic",
        },
      ],
    },
  });
  keyed = await startUpstream("legacy", { pages: [[tool("echo"), tool("fail")]], call: ({ name }) => echoed(keyed, name) });
  for (const one of [peer, registered]) one.upstream.script.call = ({ name }) => echoed(one.upstream, name);
  const everything = join(ROOT, "node_modules/@modelcontextprotocol/server-everything/dist/index.js");
  proxy = await startProxy(
    {
      mcpServers: {
        peer: { url: peer.upstream.url, auth: "oauth" },
        registered: { url: registered.upstream.url, oauth: { clientId: "registered", clientSecret: "${env:CLIENT_SECRET}" } },
        keyed: { url: `${keyed.url}?key=\${env:QUERY_SECRET}`, headers: { "X-Api-Key": "${env:KEYED_SECRET}" } },
        child: { command: process.execPath, args: [everything], env: { API_KEY: "${env:CHILD_SECRET}" } },
      },
    },
    { env: { CODEMODE_STATE: state, ...PLANTED } },
  );
  caller = await openAskedCaller({ era: "2026", to: proxy.url, capabilities: {}, token: PLANTED.AUTH_TOKEN });
});
afterAll(async () => {
  await caller?.close();
  await proxy?.stop();
  await Promise.all([peer?.close(), registered?.close(), keyed?.close()]);
  await rm(state, { recursive: true, force: true });
});

/** Whatever the proxy has sent goes back to it, in every member of a result; or as an error. */
function echoed({ requests }: ScriptedUpstream, name: string): object {
  const sent = JSON.stringify(requests.at(-1));
  if (name === "fail") throw new Error(`you sent ${sent}`);
  return { ...text(sent), structuredContent: { sent, [sent]: [sent] } };
}

async function run(code: string): Promise<string> {
  const result = await caller.run(code);
  left.push([code, result]);
  return result;
}

/** Of the planted ones those that a program may meet, and all that was given out. */
function secrets(): string[] {
  return [...Object.values(PLANTED), ...peer.tokens, ...registered.tokens];
}

describe("secrets that are planted everywhere", () => {
  it("are used", async () => {
    const callers = [run("return await peer.whoami({})"), run("return await registered.whoami({})")];
    const [first, second] = (await Promise.all(callers)).map(linkIn);
    for (const link of [first, second]) {
      const browser = new FormBrowser();
      const page = await connectAs("alice", link as URL, browser, PLANTED.AUTH_TOKEN);
      expect(page).toContain("is connected");
      left.push([String(link), page]);
    }
    for (const name of ["peer.whoami", "registered.whoami", "keyed.echo"])
      expect(await run(`return await ${name}({})`)).toContain("[secret]");
    expect(peer.upstream.requests.at(-1)?.["authorization"]).toMatch(/^Bearer ./);
    expect([...peer.tokens]).toContain(peer.upstream.requests.at(-1)?.["authorization"]?.slice(7));
    expect(keyed.requests.at(-1)?.["x-api-key"]).toBe(PLANTED.KEYED_SECRET);
    expect(await run("return await child.get_env({})")).toContain('"API_KEY":"[secret]"');
  });

  it("leave in no answer, whichever way a program asks", async () => {
    for (const name of ["peer.whoami", "registered.whoami", "keyed.echo", "child.get_env"]) {
      await run(`return await codemode.raw("${name}", {})`);
      await run(`const all = await ${name}({}); console.log(all); codemode.emit(all); throw new Error(JSON.stringify(all))`);
    }
    await run("return await keyed.fail({})");
    await run("return await codemode.namespaces()");
    await run('return await codemode.describe("peer")');
    for (const one of [peer, registered]) {
      for (const token of one.tokens) one.refused.add(token);
      one.intercept = (_request, response, body) => {
        response.writeHead(500).end(`you sent ${body}`);
        return true;
      };
    }
    expect(await run("return await peer.whoami({})")).toContain("cannot renew the token at the moment");
    await run("return await registered.whoami({})");
    for (const one of [peer, registered]) one.intercept = undefined;
    await run("return await peer.whoami({})");
    left.push(["tools/list", JSON.stringify(await caller.client.listTools())]);
    for (const path of ["/", "/healthz", "/audit", "/connect/client.json"]) {
      const response = await fetch(new URL(path, proxy.origin), { headers: { authorization: `Bearer ${PLANTED.AUTH_TOKEN}` } });
      left.push([path, await response.text()]);
    }
    left.push(["the log", proxy.stderr()]);
    // Sealed credentials, and the audit.
    const files = (await readdir(state, { recursive: true, withFileTypes: true })).filter(
      (entry) => entry.isFile() && entry.name !== "key",
    );
    expect(files.length).toBeGreaterThan(2);
    for (const { parentPath, name } of files) left.push([name, await readFile(join(parentPath, name), "utf8")]);
    expect(secrets().length).toBeGreaterThan(10);
    expect(left.length).toBeGreaterThan(20);
    const found = left.flatMap(([where, said]) => secrets().flatMap((secret) => (said.includes(secret) ? [`${secret} in ${where}`] : [])));
    expect(found).toEqual([]);
  });
});
