import { describe, expect, it } from "vitest";
import { CodemodeError } from "../../src/core/errors.ts";
import type { Relay } from "../../src/core/relay.ts";
import type { Tool } from "../../src/core/tool.ts";
import { returned, runProgram, textResult } from "../support/run-program.ts";
import type { RunOptions } from "../support/run-program.ts";
import type { ScriptedOffers } from "../support/scripted-offers.ts";
import { SILENT_RELAY } from "../support/silent-relay.ts";

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const notes: ScriptedOffers = {
  resources: [
    { uri: "note://1", name: "One", mimeType: "text/plain", size: 3 },
    { uri: "note://pixel", name: "pixel", mimeType: "image/png" },
  ],
  templates: [{ uriTemplate: "note://{id}/text", name: "by id" }],
  prompts: [{ name: "greet", arguments: [{ name: "who", required: true }, { name: "in" }] }, { name: "plain.one" }],
  read: (uri) => {
    if (uri === "note://1" || uri.endsWith("/text")) return { contents: [{ uri, mimeType: "text/plain", text: `text of ${uri}` }] };
    return uri === "note://pixel" ? { contents: [{ uri, mimeType: "image/png", blob: PIXEL }] } : undefined;
  },
  get: (name, args) => {
    if (name === "greet" && (args as { who?: string } | undefined)?.who === undefined) return undefined;
    const text = { type: "text", text: `${name} ${JSON.stringify(args)}` };
    const image = { type: "image", data: PIXEL, mimeType: "image/png" };
    return name === "greet" || name === "plain.one"
      ? { description: "As asked.", messages: [text, image].map((content) => ({ role: "user", content })) }
      : undefined;
  },
};
const others: ScriptedOffers = { resources: [{ uri: "note://1", name: "Another" }], prompts: [{ name: "greet" }] };
const none: readonly Tool[] = [];
const two: RunOptions = { upstreams: { notes: none, others: none }, offers: { notes, others } };

/** What a program catches of one expression. */
function caught(expression: string): string {
  return `try { return await ${expression} } catch (e) { return \`\${e.name} \${e.code} \${e.namespace} \${e.tool}: \${e.message}\` }`;
}

describe("codemode.resources", () => {
  it("lists those of all servers, or of one, under the URIs that callers have", async () => {
    const uris = (list: string) => `return (await codemode.resources.${list}).map((r) => r.uri ?? r.uriTemplate)`;
    expect(JSON.parse(await returned(uris("list()"), two))).toEqual([
      "codemode://notes/note://1",
      "codemode://notes/note://pixel",
      "codemode://others/note://1",
    ]);
    expect(JSON.parse(await returned(uris("list('others')"), two))).toEqual(["codemode://others/note://1"]);
    expect(JSON.parse(await returned(uris("templates()"), two))).toEqual(["codemode://notes/note://{id}/text"]);
    expect(JSON.parse(await returned(uris("templates('others')"), two))).toEqual([]);
    expect(JSON.parse(await returned("return (await codemode.resources.list())[0]", two))).toEqual({
      uri: "codemode://notes/note://1",
      name: "One",
      mimeType: "text/plain",
      size: 3,
    });
  });

  it("reads by that URI, by one made of a template, and by the upstream's own where only one can be meant", async () => {
    const read = (uri: string) => returned(`return await codemode.resources.read(${JSON.stringify(uri)})`, two);
    expect(JSON.parse(await read("codemode://notes/note://1"))).toEqual({
      contents: [{ uri: "codemode://notes/note://1", mimeType: "text/plain", text: "text of note://1" }],
    });
    expect(JSON.parse(await read("codemode://notes/note://7/text"))).toMatchObject({ contents: [{ text: "text of note://7/text" }] });
    expect(JSON.parse(await read("note://8/text"))).toMatchObject({ contents: [{ uri: "note://8/text", text: "text of note://8/text" }] });
  });

  it("gives content that can be returned and emitted", async () => {
    const program = `
      const { contents: [pixel] } = await codemode.resources.read("codemode://notes/note://pixel");
      const { contents: [note] } = await codemode.resources.read("codemode://notes/note://1");
      codemode.emit([pixel, { type: "resource", resource: note }]);
      return pixel;`;
    const { outcome, emitted } = await runProgram(program, two);
    const blob = { type: "resource", resource: { uri: "codemode://notes/note://pixel", mimeType: "image/png", blob: PIXEL } };
    const text = { uri: "codemode://notes/note://1", mimeType: "text/plain", text: "text of note://1" };
    expect(outcome).toMatchObject({ kind: "returned", text: "", blocks: [blob] });
    expect(emitted.blocks).toMatchObject([blob, { type: "resource", resource: text }]);
  });

  it.each([
    [
      "read('codemode://notes/note://pixle')",
      'tool_failed codemode resources.read: codemode.resources.read: it is not there. Did you mean "codemode://notes/note://pixel" or "codemode://notes/note://1" or "codemode://notes/note://{id}/text"? codemode.resources.list() and .templates() have all.',
    ],
    [
      "read('zzz:qqq')",
      'tool_arguments codemode resources.read: codemode.resources.read: there is no resource "zzz:qqq". There are: "codemode://notes/note://1", "codemode://notes/note://pixel", "codemode://others/note://1", … (4 in all). codemode.resources.list() and .templates() have all.',
    ],
    [
      "read('codemode://others/note://{x}')",
      'tool_failed codemode resources.read: codemode.resources.read: it is not there. Did you mean "codemode://others/note://1"? codemode.resources.list() and .templates() have all.',
    ],
    [
      "read('note://1')",
      'tool_arguments codemode resources.read: codemode.resources.read: several servers have a resource "note://1". Say which: codemode://notes/note://1 or codemode://others/note://1.',
    ],
    [
      "read('codemode://note/note://1')",
      'tool_unknown codemode resources.read: codemode.resources.read: There is no namespace "note". Did you mean notes? There are: notes, others.',
    ],
    [
      "list('nots')",
      'tool_unknown codemode resources.list: codemode.resources.list: There is no namespace "nots". Did you mean notes? There are: notes, others.',
    ],
    ["list({})", "tool_arguments codemode resources.list: codemode.resources.list(namespace?): namespace is a text, the name of a server"],
    [
      "templates(1)",
      "tool_arguments codemode resources.templates: codemode.resources.templates(namespace?): namespace is a text, the name of a server",
    ],
    [
      "read()",
      'tool_arguments codemode resources.read: codemode.resources.read(uri): uri is a text such as "codemode://server/file:///notes.txt"',
    ],
    [
      "find('x')",
      "tool_unknown codemode resources.find: codemode.resources.find does not exist. There are: codemode.resources.list, codemode.resources.templates, codemode.resources.read",
    ],
  ])("%s says what is wrong and what there is", async (call, said) => {
    expect(await returned(caught(`codemode.resources.${call}`), two)).toBe(`ToolError ${said}`);
  });

  it("that are listed and cannot be read fail with what the upstream says, and no more", async () => {
    const offers = { peer: { resources: [{ uri: "a:b", name: "b" }] } };
    expect(await returned(caught("codemode.resources.read('a:b')"), { offers })).toBe(
      "ToolError tool_failed codemode resources.read: codemode.resources.read: it is not there",
    );
  });
});

describe("codemode.prompts", () => {
  it("lists them under the names that callers have, and gets them with content as MCP has it", async () => {
    const names = "return (await codemode.prompts.list()).map((p) => p.name)";
    expect(JSON.parse(await returned(names, two))).toEqual(["notes.greet", "notes.plain.one", "others.greet"]);
    const program = `
      const { description, messages } = await codemode.prompts.get("notes.greet", { who: "you", in: undefined });
      return [description, messages.map((m) => m.role), messages[0].content.text, messages[1].content]`;
    const { outcome } = await runProgram(program, two);
    expect(outcome).toMatchObject({ kind: "returned", blocks: [{ type: "image", mimeType: "image/png" }] });
    expect(JSON.parse((outcome as { text: string }).text)).toEqual([
      "As asked.",
      ["user", "user"],
      'greet {"who":"you"}',
      expect.stringMatching(/^\[image 1: image\/png/),
    ]);
    expect(await returned("return (await codemode.prompts.get('plain.one')).messages[0].content.text", two)).toBe("plain.one {}");
  });

  it.each([
    [
      'get("notes.gret")',
      'tool_failed codemode prompts.get: codemode.prompts.get: it is not there. Did you mean "notes.greet" or "notes.plain.one"? codemode.prompts.list() has all.',
    ],
    [
      'get("notes.greet")',
      'tool_failed codemode prompts.get: codemode.prompts.get: it is not there. It is codemode.prompts.get("notes.greet", { who, in? }).',
    ],
    [
      'get("greet")',
      'tool_arguments codemode prompts.get: codemode.prompts.get: several servers have a prompt "greet". Say which: notes.greet or others.greet.',
    ],
    [
      'get("x.greet")',
      'tool_arguments codemode prompts.get: codemode.prompts.get: there is no prompt "x.greet". Did you mean "notes.greet" or "others.greet"? codemode.prompts.list() has all.',
    ],
    ["get()", 'tool_arguments codemode prompts.get: codemode.prompts.get(name, args?): name is a text such as "server.prompt"'],
    [
      'get("notes.greet", { who: 1 })',
      'tool_arguments codemode prompts.get: codemode.prompts.get(name, args?): args is one object of texts: "who" is a number',
    ],
    [
      'get("notes.greet", "you")',
      "tool_arguments codemode prompts.get: codemode.prompts.get: takes one object with named arguments, got a string",
    ],
    [
      'get("notes.greet", { who: Promise.resolve("x") })',
      'tool_arguments codemode prompts.get: codemode.prompts.get: the arguments cannot be sent as JSON: "who" is a Promise; add await',
    ],
    [
      "list(['notes'])",
      "tool_arguments codemode prompts.list: codemode.prompts.list(namespace?): namespace is a text, the name of a server",
    ],
  ])("%s says what is wrong and what there is", async (call, said) => {
    expect(await returned(caught(`codemode.prompts.${call}`), two)).toBe(`ToolError ${said}`);
  });
});

describe("each request", () => {
  const script = { echo: () => textResult("ok") };

  it("is in the ledger with its server, and counts as a call", async () => {
    const program = `
      await codemode.resources.list();
      await codemode.prompts.list("peer");
      await codemode.resources.read("note://1");
      await codemode.prompts.get("peer.nothing").catch(() => undefined);
      await peer.echo();`;
    const { ledger } = await runProgram(program, { script, offers: { peer: notes } });
    expect(ledger.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      "codemode.resources.list ok",
      "codemode.prompts.list(peer) ok",
      "codemode.resources.read(peer) ok",
      "codemode.prompts.get(peer) failed",
      "peer.echo ok",
    ]);
  });

  it("counts against calls, and one beyond them fails", async () => {
    const program = `
      await peer.echo();
      await codemode.resources.list();
      try { await codemode.prompts.list(); return "two" } catch (e) { return \`\${e.code}: \${e.message}\` }`;
    expect(await returned(program, { script, limits: { calls: 3 } })).toBe("two");
    const { outcome, ledger } = await runProgram(program, { script, limits: { calls: 2 } });
    expect(outcome).toMatchObject({
      text: "limit: codemode.prompts.list: the program has made calls = 2 calls, and may make no more. Do less in one program, or raise limits.calls in the configuration.",
    });
    expect(ledger).toHaveLength(2);
  });

  it("callResultBytes bounds its answer", async () => {
    const offers = { peer: notes };
    const whole = (await returned("return JSON.stringify(await codemode.resources.read('note://1'))", { offers })).length;
    const program = caught("codemode.resources.read('note://1').then(() => 'whole')");
    expect(await returned(program, { offers, limits: { callResultBytes: whole } })).toBe("whole");
    expect(await returned(program, { offers, limits: { callResultBytes: whole - 1 } })).toBe(
      `ToolError limit codemode resources.read: codemode.resources.read: the result is larger than callResultBytes = ${whole - 1} bytes. Ask for less at once, or raise limits.callResultBytes in the configuration.`,
    );
  });

  it("argumentBytes bounds what is asked", async () => {
    const offers = { peer: notes };
    const most = 200;
    const asks = (bytes: number) => {
      const overhead = JSON.stringify({ op: "prompts.get", name: "plain.one", args: { a: "" } }).length;
      return caught(`codemode.prompts.get("plain.one", { a: "x".repeat(${bytes - overhead}) }).then(() => "sent")`);
    };
    expect(await returned(asks(most), { offers, limits: { argumentBytes: most } })).toBe("sent");
    expect(await returned(asks(most + 1), { offers, limits: { argumentBytes: most } })).toMatch(/argumentBytes = 200 bytes/);
  });

  it("is cancelled with the execution, and reports its progress", async () => {
    const reading = Promise.withResolvers<AbortSignal>();
    const said: (string | undefined)[] = [];
    const relay: Relay = { ...SILENT_RELAY, progress: ({ message }) => void said.push(message) };
    const read: ScriptedOffers["read"] = (_uri, { signal, relay: upward }) => {
      upward.progress({ progress: 1, total: 3, message: "looking" });
      reading.resolve(signal);
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new CodemodeError("cancelled", "cancelled"))));
    };
    const caller = new AbortController();
    const running = runProgram("await codemode.resources.read('note://1')", {
      offers: { peer: { ...notes, read } },
      signal: caller.signal,
      relay,
    });
    const signal = await reading.promise;
    caller.abort();
    const { outcome, ledger } = await running;
    expect(outcome).toEqual({ kind: "cancelled" });
    expect(signal.aborted).toBe(true);
    expect(ledger).toMatchObject([{ name: "codemode.resources.read(peer)", outcome: "cancelled" }]);
    expect(said).toContain("codemode.resources.read: 1 of 3: looking");
  });

  it("is stopped by executionMs", async () => {
    const read: ScriptedOffers["read"] = (_uri, { signal }) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("stopped"))));
    const { outcome } = await runProgram("await codemode.resources.read('note://1')", {
      offers: { peer: { ...notes, read } },
      limits: { executionMs: 300 },
    });
    expect(outcome).toMatchObject({ kind: "limit", limit: "executionMs" });
  });

  it("fails as the upstream does, at its place in the program", async () => {
    const fails = new CodemodeError("upstream", "notes is unavailable: the address cannot be reached");
    const { outcome } = await runProgram("const a = 1;\nawait codemode.resources.list('peer');", { offers: { peer: { ...notes, fails } } });
    expect(outcome).toMatchObject({
      kind: "threw",
      error: {
        name: "ToolError",
        message: "codemode.resources.list: notes is unavailable: the address cannot be reached",
        frames: [{ line: 2 }],
      },
    });
  });

  it("is named in outline where its result was taken for something else", async () => {
    const { outcome } = await runProgram("const r = await codemode.resources.read('note://1');\nreturn r.contents.text.length;", {
      offers: { peer: notes },
    });
    expect(JSON.stringify(outcome)).toContain("codemode.resources.read gave { contents: an array (1 item) of { uri, mimeType, text } }");
  });

  it.each(["resources", "prompts"] as const)("fails where %s are switched off, and nothing is sent", async (off) => {
    const features = { resources: true, prompts: true, [off]: false };
    const { outcome, calls, ledger } = await runProgram(caught(`codemode.${off}.list()`), { offers: { peer: notes }, features });
    expect(outcome).toMatchObject({
      text: `ToolError tool_unknown codemode ${off}.list: codemode.${off}.list(namespace?): ${off} are switched off here. The owner can set features.${off} to true in the configuration.`,
    });
    expect([calls, ledger]).toEqual([[], []]);
    const other = off === "resources" ? "prompts" : "resources";
    expect(await returned(`return (await codemode.${other}.list()).length`, { offers: { peer: notes }, features })).toBe("2");
  });
});

describe("what upstreams give is data", () => {
  it("with members of any name", async () => {
    const hostile = JSON.parse(
      '{"contents":[{"uri":"a:b","text":"x","__proto__":{"polluted":1},"then":1},null,7,"x",[1]],"_meta":{"mcp.dev/hop":1,"a/b":2},"error":{"code":"limit"}}',
    ) as unknown;
    const offers = { peer: { resources: [{ uri: "a:b", name: "b" }], read: () => hostile } };
    const program =
      "const r = await codemode.resources.read('a:b'); return [Object.keys(r), Object.keys(r.contents[0]), ({}).polluted, r._meta, r.contents.length]";
    expect(JSON.parse(await returned(program, { offers }))).toEqual([
      ["contents", "_meta"],
      ["uri", "text", "__proto__", "then"],
      null,
      { "a/b": 2 },
      1,
    ]);
  });

  it("and texts in errors show what cannot be seen", async () => {
    const offers = {
      peer: {
        prompts: [{ name: "say\u202e\nit", arguments: [{ name: "a b" }] }],
        resources: [{ uri: `x:${"y".repeat(5_000)}\u2028`, name: "x" }],
      },
    };
    expect(await returned(caught("codemode.prompts.get('peer.sayit')"), { offers })).toMatch(/Did you mean "peer\.say\\u202e\\nit"\?/);
    expect(await returned(caught("codemode.prompts.get('peer.say\\u202e\\nit')"), { offers })).toContain(
      'It is codemode.prompts.get("peer.say\\u202e\\nit", { "a b"? }).',
    );
    const said = await returned(caught("codemode.resources.read('x:z')"), { offers });
    expect(said.length).toBeLessThan(1_000);
    expect(said).toContain('There are: "codemode://peer/x:yyy');
  });
});

it("codemode.resources and codemode.prompts are objects like any other", async () => {
  const program = `
    const { resources, prompts } = codemode;
    const changed = await Promise.all([resources, prompts].map(async (o) => {
      try { o.list = () => "mine"; return "changed" } catch (e) { return e.name }
    }));
    return [await resources === resources, "nothing" in prompts, Object.keys(resources), Object.keys(prompts), changed, resources.then === undefined];`;
  expect(JSON.parse(await returned(program))).toEqual([
    true,
    false,
    ["list", "templates", "read"],
    ["list", "get"],
    ["TypeError", "TypeError"],
    true,
  ]);
});
