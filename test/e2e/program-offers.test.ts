import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditRecord } from "../../src/core/audit.ts";
import { accept, ALL_CAPABILITIES, openAskedCaller } from "../support/asked-caller.ts";
import type { AskedCaller } from "../support/asked-caller.ts";
import { openCaller } from "../support/callers.ts";
import { startOffering } from "../support/offered.ts";
import { FOUR_WAYS, serve } from "../support/four-ways.ts";
import type { Served } from "../support/four-ways.ts";
import { ROOT, startProxy } from "../support/proxy.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";
import type { ScriptedUpstream } from "../support/upstreams.ts";

let past: ScriptedUpstream;
let present: ScriptedUpstream;
let served: Served;

beforeAll(async () => {
  [past, present] = await Promise.all([startOffering("legacy"), startOffering("modern")]);
  const config = {
    mcpServers: {
      everything: { command: join(ROOT, "node_modules/.bin/mcp-server-everything") },
      past: { url: past.url },
      present: { url: present.url },
    },
    profiles: { small: { servers: ["past"], policy: { other: "deny" } } },
  };
  served = await serve(config);
});
afterAll(async () => {
  await Promise.all([served?.stop(), past?.close(), present?.close()]);
});

describe.each(FOUR_WAYS)("a program of a %s caller over %s", (era, transport) => {
  let caller: AskedCaller;
  beforeAll(async () => {
    caller = await openAskedCaller({ era, to: served.to(transport), capabilities: ALL_CAPABILITIES, answer: () => accept("this") });
  });
  afterAll(() => caller?.close());

  it("is told in one line that there is more than tools", async () => {
    const { tools } = await caller.client.listTools();
    const lines = tools[0]?.description?.split("\n").filter((line) => line.startsWith("- Besides tools: "));
    expect(lines).toEqual(["- Besides tools: codemode.resources.list() and .read(uri), codemode.prompts.list() and .get(name, args)."]);
    const states = JSON.parse(
      await caller.run("return (await codemode.namespaces()).map((n) => [n.name, n.resources, n.prompts])"),
    ) as unknown;
    expect(states).toEqual(["everything", "past", "present"].map((name) => [name, true, true]));
  });

  it("reads what a real server lists, what fits its templates, and what its tools link to", async () => {
    const program = `
      const listed = await codemode.resources.list("everything");
      const { contents: [features] } = await codemode.resources.read(listed.find((r) => r.name === "features.md").uri);
      const templates = await codemode.resources.templates("everything");
      const dynamic = templates.find((t) => t.uriTemplate.includes("/text/")).uriTemplate.replace(/\\{.*\\}/, "7");
      const links = (await everything.get_resource_links({ count: 2 })).filter((b) => b.type === "resource_link");
      const read = await Promise.all([dynamic, ...links.map((l) => l.uri)].map((uri) => codemode.resources.read(uri)));
      return [features.mimeType, features.text.length > 1000, ...read.map((r) => r.contents[0].text ?? r.contents[0].blob.length > 0)];`;
    expect(JSON.parse(await caller.run(program))).toEqual([
      "text/markdown",
      true,
      expect.stringMatching(/^Resource 7: This is a plaintext resource/),
      true,
      expect.stringMatching(/^Resource 2: /),
    ]);
  });

  it("gets the prompts of a real server, with what is embedded in them", async () => {
    const program = `
      const names = (await codemode.prompts.list("everything")).map((p) => p.name);
      const weather = await codemode.prompts.get("everything.args-prompt", { city: "Oslo", state: "none" });
      const { messages } = await codemode.prompts.get("everything.resource-prompt", { resourceType: "Text", resourceId: "1" });
      return [names.includes("everything.simple-prompt"), weather.messages[0].content.text, messages[1].content.resource.uri];`;
    expect(JSON.parse(await caller.run(program))).toEqual([
      true,
      "What's weather in Oslo, none?",
      "codemode://everything/demo://resource/dynamic/text/1",
    ]);
  });

  it("sees the same of upstreams of both eras as their callers do, all pages of it", async () => {
    const uris = "return (await codemode.resources.list()).map((r) => r.uri).filter((uri) => !uri.startsWith('codemode://everything/'))";
    expect(JSON.parse(await caller.run(uris))).toEqual([
      "codemode://past/note://shared/1",
      "codemode://past/note://only/legacy",
      "codemode://past/note://pixel",
      "codemode://present/note://shared/1",
      "codemode://present/note://only/modern",
      "codemode://present/note://pixel",
    ]);
    const names = "return (await codemode.prompts.list()).map((p) => p.name).filter((name) => !name.startsWith('everything.'))";
    expect(JSON.parse(await caller.run(names))).toEqual(["past.greet", "past.only-legacy", "present.greet", "present.only-modern"]);
    const read = "return (await codemode.resources.read('codemode://past/note://shared/1'))";
    expect(JSON.parse(await caller.run(read))).toEqual({
      contents: [
        { uri: "codemode://past/note://shared/1", mimeType: "text/plain", text: "legacy note://shared/1", _meta: { "example.com/own": 3 } },
      ],
      _meta: { "example.com/whole": 4 },
    });
  });

  it("returns an image that it has read as a block", async () => {
    const code =
      "return (await codemode.resources.read('note://pixel').catch(() => codemode.resources.read('codemode://present/note://pixel'))).contents";
    const { content } = await caller.call("execute_code", { code });
    expect(content).toMatchObject([
      { type: "resource", resource: { uri: "codemode://present/note://pixel", mimeType: "image/png", blob: expect.any(String) as string } },
    ]);
  });

  it.each(["past", "present"])("lets %s ask the user before it is read", async (namespace) => {
    const before = caller.asked.length;
    const code = `return (await codemode.resources.read("codemode://${namespace}/note://asks")).contents[0].text`;
    expect(await caller.run(code)).toBe('[{"action":"accept","content":{"value":"this"}}]');
    expect(caller.asked.slice(before).map(({ params }) => params.message)).toEqual([expect.stringContaining(namespace)]);
  });

  it("that goes wrong is told what there is", async () => {
    expect(await caller.run('return await codemode.prompts.get("everything.args-prompt", {})')).toMatch(
      /^ERROR ToolError: codemode\.prompts\.get: .*It is codemode\.prompts\.get\("everything\.args-prompt", \{ city, state\? \}\)\.\n {4}at program\.js:1:8\n[^]*codemode\.prompts\.get\(everything\) failed/,
    );
    expect(await caller.run('return await codemode.resources.read("codemode://past/note://nothing")')).toMatch(
      /^ERROR ToolError: codemode\.resources\.read: .*it is not there\. Did you mean "codemode:\/\/past\/note:/,
    );
    expect(await caller.run("return await codemode.resources.find()")).toMatch(/codemode\.resources\.find does not exist/);
  });
});

describe("a profile", () => {
  it("that leaves a server out leaves its resources and prompts out, though it denies no resources", async () => {
    const caller = await openCaller(new URL("/mcp/small", served.proxy.origin));
    const program = `
      const [resources, prompts] = await Promise.all([codemode.resources.list(), codemode.prompts.list()]);
      const errors = await Promise.all([
        codemode.resources.read("codemode://present/note://shared/1"),
        codemode.resources.read("note://only/modern"),
        codemode.prompts.get("present.greet"),
        codemode.resources.list("present"),
      ].map((call) => call.then(() => "read", (e) => e.message)));
      const { contents } = await codemode.resources.read("codemode://past/note://shared/1");
      return { spaces: [...new Set([...resources, ...prompts].map((r) => (r.uri ?? r.name).match(/past|present|everything/)[0]))], errors, text: contents[0].text };`;
    const answer = JSON.parse(await caller.run(program)) as { spaces: string[]; errors: string[]; text: string };
    await caller.close();
    expect(answer.spaces).toEqual(["past"]);
    expect(answer.text).toBe("legacy note://shared/1");
    expect(answer.errors).toEqual([
      expect.stringMatching(/^codemode\.resources\.read: There is no namespace "present"/),
      // The only server that has resources: it is asked, and only it.
      "read",
      expect.stringMatching(/^codemode\.prompts\.get: there is no prompt "present\.greet"/),
      expect.stringMatching(/^codemode\.resources\.list: There is no namespace "present"/),
    ]);
  });

  it("readonly reads what it shows", async () => {
    const caller = await openCaller(new URL("/mcp/readonly", served.proxy.origin), "2026");
    expect(await caller.run('return (await codemode.resources.read("codemode://present/note://shared/1")).contents[0].text')).toBe(
      "modern note://shared/1",
    );
    await caller.close();
  });
});

it("the audit has each request with its server, and no URI", async () => {
  const caller = await openCaller(served.proxy.url);
  await caller.run('await codemode.resources.read("codemode://past/note://shared/1"); await codemode.prompts.list(); return "audited"');
  await caller.close();
  const response = await fetch(new URL("/audit?count=1", served.proxy.origin));
  const last = JSON.parse(await response.text()) as AuditRecord;
  expect(last.calls.map(({ name, outcome }) => [name, outcome])).toEqual([
    ["codemode.resources.read(past)", "ok"],
    ["codemode.prompts.list", "ok"],
  ]);
});

describe("an upstream in trouble", () => {
  it("fails where it alone is asked for its list, in its own words, and is left out where all are", async () => {
    const failing = await startUpstream("legacy", {
      pages: [[tool("only")]],
      call: () => text("ok"),
      offers: {
        resources: [[]],
        templates: [[]],
        prompts: new Proxy<unknown[][]>([], {
          get() {
            throw new Error("the index is being rebuilt");
          },
        }),
        read: () => ({}),
        get: () => ({}),
        complete: () => ({}),
      },
    });
    const config = { mcpServers: { failing: { url: failing.url }, past: { url: past.url }, away: { url: "http://127.0.0.1:1/mcp" } } };
    const troubled = await startProxy(config);
    const caller = await openCaller(troubled.url);
    const said = (call: string) => caller.run(`return await ${call}.then(String, (e) => \`\${e.code} \${e.message}\`)`);
    expect(await said("codemode.prompts.list().then((all) => all.length)")).toBe("2");
    expect(await said("codemode.prompts.list('failing')")).toMatch(/^tool_failed codemode\.prompts\.list: .*the index is being rebuilt/);
    expect(await said("codemode.prompts.list('away')")).toMatch(/^upstream codemode\.prompts\.list: away is unavailable: /);
    expect(await said("codemode.resources.read('codemode://away/x:y')")).toMatch(
      /^upstream codemode\.resources\.read: away is unavailable: /,
    );
    await Promise.all([caller.close(), troubled.stop(), failing.close()]);
  });

  it("has listMs for a page of its list", async () => {
    const held = Promise.withResolvers<never>();
    const slow = await startUpstream(
      "legacy",
      {
        pages: [[tool("only")]],
        call: () => text("ok"),
        offers: { resources: [[]], templates: [[]], prompts: [[]], read: () => ({}), get: () => ({}), complete: () => ({}) },
      },
      async (request) => ((await request.clone().text()).includes('"prompts/list"') ? held.promise : undefined),
    );
    const proxied = await startProxy({ mcpServers: { slow: { url: slow.url } }, limits: { listMs: 3_000 } });
    const caller = await openCaller(proxied.url);
    expect(await caller.run("return await codemode.prompts.list('slow')")).toMatch(
      /^ERROR ToolError: codemode\.prompts\.list: no list has come within listMs = 3000 ms\. Raise limits\.listMs in the configuration\./,
    );
    await Promise.all([caller.close(), proxied.stop(), slow.close()]);
  });
});

it("what is switched off is not spoken of, and fails with words that say so", async () => {
  const features = { resources: false, prompts: false };
  const silent = await startProxy({ mcpServers: { past: { url: past.url } }, features });
  const before = past.methods.length;
  const caller = await openAskedCaller({ era: "2026", to: silent.url });
  const { tools } = await caller.client.listTools();
  expect(tools[0]?.description).not.toContain("codemode.resources");
  expect(JSON.parse(await caller.run("return codemode.namespaces()"))).toEqual([
    { name: "past", status: "ready", tools: 2, instructions: "Scripted." },
  ]);
  for (const [feature, call] of [
    ["resources", 'resources.read("note://shared/1")'],
    ["prompts", "prompts.list()"],
  ] as const) {
    expect(await caller.run(`return await codemode.${call}`)).toContain(
      `${feature} are switched off here. The owner can set features.${feature} to true in the configuration.`,
    );
  }
  await Promise.all([caller.close(), silent.stop()]);
  expect(past.methods.slice(before).filter((method) => /resource|prompt/.test(method))).toEqual([]);
});
