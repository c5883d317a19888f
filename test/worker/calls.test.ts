import { describe, expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../src/core/limits.ts";
import { Learning } from "../../src/execute/learning.ts";
import { returned, runProgram, textResult } from "../support/run-program.ts";
import type { Script } from "../support/run-program.ts";

const image = { type: "image", data: "aGk=", mimeType: "image/png" };
const script = {
  echo: (args: Record<string, unknown>) => textResult(JSON.stringify(args)),
  digits: () => textResult("12345678901234567890"),
  digits_inside: () => textResult('{"id":12345678901234567890}'),
  structured: () => ({ content: [{ type: "text", text: "for people" }], structuredContent: { n: 1 } }),
  picture: () => ({ content: [image] }),
  fails: () => ({ isError: true, content: [{ type: "text", text: "no such file" }], structuredContent: { path: "/x" } }),
  proto: () => textResult('{"__proto__":{"polluted":true},"constructor":1}'),
};

describe("a call", () => {
  it.each([
    ["resolves to the structured content", "return await peer.structured()", '{"n":1}'],
    ["resolves to the parsed object of a text", "return (await peer.echo({ a: [1] })).a", "[1]"],
    ["leaves a text of digits a text", "return await peer.digits()", "12345678901234567890"],
    ["leaves JSON whose digits would be lost a text", "return await peer.digits_inside()", '{"id":12345678901234567890}'],
    [
      "resolves to the blocks otherwise",
      "const [b, ...more] = await peer.picture(); return [b.type, b.data, b.mimeType, more.length]",
      JSON.stringify(["image", "aGk=", "image/png", 0]),
    ],
    ["without arguments sends an empty object", "return await peer.echo()", "{}"],
    [
      "pollutes nothing by its result",
      "const r = await peer.proto(); return [({}).polluted, Object.hasOwn(r, '__proto__')]",
      "[null,true]",
    ],
    [
      "raw gives the untouched result",
      "return await codemode.raw('peer.digits')",
      '{"content":[{"type":"text","text":"12345678901234567890"}]}',
    ],
    ["raw does not throw for isError", "return (await codemode.raw('peer.fails', {})).isError", "true"],
  ])("%s", async (_what, source, expected) => {
    expect(await returned(source, { script })).toBe(expected);
  });

  it("that fails throws a ToolError with everything that the tool said", async () => {
    const source =
      "try { await peer.fails({}) } catch (e) { return [e instanceof ToolError, e instanceof Error, e.name, e.message, e.code, e.namespace, e.tool, e.content, e.structuredContent] }";
    expect(JSON.parse(await returned(source, { script }))).toEqual([
      true,
      true,
      "ToolError",
      "peer.fails: no such file",
      "tool_failed",
      "peer",
      "fails",
      [{ type: "text", text: "no such file" }],
      { path: "/x" },
    ]);
  });

  it("that nobody catches is reported with the program's line", async () => {
    const { outcome } = await runProgram("const a = 1;\nawait peer.fails({});", { script });
    expect(outcome).toMatchObject({
      kind: "threw",
      error: { name: "ToolError", message: "peer.fails: no such file", frames: [{ line: 2, column: 1 }] },
    });
  });

  it.each([
    ["a string", "'x'", /takes one object with named arguments, got a string/],
    ["an array", "[1]", /got an array/],
    ["null", "null", /got null/],
    ["a BigInt inside", "{ a: { b: 1n } }", /"b" is a BigInt/],
    ["a Map inside", "{ m: new Map() }", /"m" is a Map/],
    ["a forgotten await inside", "{ p: peer.echo() }", /"p" is a Promise; add await/],
    ["a function inside", "{ f() {} }", /"f" is a function/],
    ["a cycle", "(() => { const o = {}; o.o = o; return o })()", /cannot be sent as JSON/],
    ["a getter that throws", "{ get a() { throw new Error('mine') } }", /mine/],
  ])("with %s as arguments fails before anything is sent", async (_what, args, message) => {
    const run = await runProgram(`try { await peer.fails(${args}); } catch (e) { return e.code + " " + e.message }`, { script });
    expect(run.outcome).toMatchObject({ kind: "returned", text: expect.stringMatching(message) as string });
    expect(run.outcome).toMatchObject({ text: expect.stringMatching(/^tool_arguments /) as string });
    expect(run.calls.filter((call) => (call as { tool: string }).tool === "fails")).toEqual([]);
  });

  it.each(["peer.create({ titel: 'x', n: null })", "codemode.raw('peer.create', { titel: 'x', n: null })"])(
    "whose arguments do not fit the tool's schema fails before anything is sent: %s",
    async (call) => {
      const inputSchema = {
        type: "object",
        properties: { title: { type: "string" }, n: { type: "number" } },
        required: ["title"],
        additionalProperties: false,
      };
      const upstreams = { peer: [{ name: "create", inputSchema }] };
      const run = await runProgram(`try { await ${call} } catch (e) { return [e.name, e.code, e.namespace, e.tool, e.message] }`, {
        upstreams,
      });
      expect(run.outcome.kind === "returned" && (JSON.parse(run.outcome.text) as string[])).toEqual([
        "ToolError",
        "tool_arguments",
        "peer",
        "create",
        [
          "peer.create: the arguments do not fit, so nothing was sent:",
          "- title is missing; it must be a string (you gave titel)",
          "- titel does not exist. Did you mean title?",
          "- n must be a number, got null; leave it out instead",
          "declare const peer: {",
          "create(input: { title: string; n?: number }): Promise<any>;",
          "};",
        ].join("\n"),
      ]);
      expect(run.calls).toEqual([]);
      expect(run.ledger).toEqual([]);
    },
  );

  it("to an unknown tool says which ones come close", async () => {
    const message = await returned("try { await peer.ecko({}) } catch (e) { return e.name + ' ' + e.code + ' ' + e.message }", { script });
    expect(message).toMatch(/^ToolError tool_unknown /);
    expect(message).toContain("peer.echo");
  });

  it("to an unknown tool is not in the ledger, because nothing was called", async () => {
    expect((await runProgram("await peer.nothing({})", { script })).ledger).toEqual([]);
  });

  it("is in the ledger with its outcome", async () => {
    const { ledger } = await runProgram("await peer.echo({}); try { await peer.fails({}) } catch {}", { script });
    expect(ledger).toMatchObject([
      { name: "peer.echo", outcome: "ok" },
      { name: "peer.fails", outcome: "failed" },
    ]);
  });
});

describe("several calls", () => {
  it("in a Promise.all are under way at the same time", async () => {
    const arrived: number[] = [];
    const all = Promise.withResolvers<void>();
    const meet = async ({ n }: Record<string, unknown>) => {
      arrived.push(Number(n));
      if (arrived.length === 10) all.resolve();
      // Resolves only once all ten have arrived: calls one after the other would never end.
      await all.promise;
      return textResult(String(n));
    };
    const source = "return await Promise.all(Array.from({ length: 10 }, (_, n) => peer.meet({ n })))";
    expect(JSON.parse(await returned(source, { script: { meet } }))).toEqual(Array.from({ length: 10 }, (_, n) => String(n)));
    expect(arrived).toHaveLength(10);
  });

  it("that nobody awaits still happen, and those that they lead to", async () => {
    const run = await runProgram(
      "[1, 2].forEach(async (n) => { await peer.echo({ n }); await peer.echo({ n: n * 10 }); }); return 'done'",
      { script },
    );
    expect(run.outcome).toEqual({ kind: "returned", text: "done" });
    expect(run.calls).toHaveLength(4);
    expect(run.ledger.every(({ outcome }) => outcome === "ok")).toBe(true);
  });

  it("that nobody awaits are given up after drainMs", async () => {
    const never = {
      never: (_args: unknown, signal: AbortSignal) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted")))),
    };
    const run = await runProgram("peer.never({}).catch(() => {}); return 'done'", { script: never, limits: { drainMs: 50 } });
    expect(run.outcome).toEqual({ kind: "returned", text: "done" });
    expect(run.ledger).toMatchObject([{ name: "peer.never", outcome: "cancelled" }]);
  });
});

describe("codemode", () => {
  it("search finds a tool by words and gives its signature", async () => {
    const found = JSON.parse(await returned("return await codemode.search('echo')", { script })) as { name: string; signature: string }[];
    expect(found[0]).toMatchObject({ name: "peer.echo", signature: expect.stringContaining("echo(") as string });
  });

  it("describe gives the declaration of a tool and of a namespace", async () => {
    expect(await returned("return await codemode.describe('peer.echo')", { script })).toContain("echo(");
    expect(await returned("return await codemode.describe('peer')", { script })).toContain("picture(");
  });

  it("describe of an unknown name lists the closest ones", async () => {
    expect(await returned("try { return await codemode.describe('peer.ecko') } catch (e) { return e.message }", { script })).toContain(
      "peer.echo",
    );
  });

  it("namespaces gives each with its state", async () => {
    expect(JSON.parse(await returned("return await codemode.namespaces()", { script }))).toEqual([
      { name: "peer", status: "ready", tools: Object.keys(script).length },
    ]);
  });

  it("namespaces names the tool by which a server takes programs itself", async () => {
    const execute = { name: "execute", inputSchema: { type: "object", properties: { code: { type: "string" } }, required: ["code"] } };
    expect(JSON.parse(await returned("return await codemode.namespaces()", { upstreams: { peer: [execute] } }))).toEqual([
      { name: "peer", status: "ready", tools: 1, takesPrograms: "execute" },
    ]);
  });

  it.each(["codemode.call('peer.echo')", "codemode.listTools()", "codemode['does not exist']({})"])(
    "%s says what there is",
    async (call) => {
      const error = JSON.parse(await returned(`try { await ${call} } catch (e) { return e }`)) as { message: string };
      expect(error).toMatchObject({ name: "ToolError", code: "tool_unknown", namespace: "codemode" });
      expect(error.message).toMatch(
        /^codemode\..+ does not exist\. There are: codemode\.raw, codemode\.search, codemode\.describe, codemode\.namespaces/,
      );
    },
  );

  it("says at once what is wrong with a question", async () => {
    expect(await returned("try { await codemode.search({ query: 'a' }) } catch (e) { return `${e.code}: ${e.message}` }")).toBe(
      'tool_arguments: codemode.search(query, { namespace?, limit? }): query is a text such as "create issue"',
    );
  });

  it("is an object like any other", async () => {
    expect(await returned("return [await codemode === codemode, 'nothing' in codemode, Object.keys(codemode).includes('search')]")).toBe(
      "[true,false,true]",
    );
  });

  it("callResultBytes holds for what it answers as well", async () => {
    const whole = (await returned("return JSON.stringify(await codemode.describe('peer'))", { script })).length;
    const program = "try { await codemode.describe('peer'); return 'whole' } catch (e) { return `${e.code}: ${e.message}` }";
    expect(await returned(program, { script, limits: { callResultBytes: whole } })).toBe("whole");
    expect(await returned(program, { script, limits: { callResultBytes: whole - 1 } })).toBe(
      `limit: the answer is larger than callResultBytes = ${whole - 1} bytes. Ask for fewer tools, or for one.`,
    );
  });

  it("describe and search tell what a tool has returned so far", async () => {
    const learning = new Learning({ all: () => [], save: () => undefined, delete: () => undefined }, DEFAULT_LIMITS);
    const answers: Script = {
      get: ({ id }) => textResult(JSON.stringify(id === 1 ? { id, note: "x" } : { id })),
      fails: () => ({ ...textResult('{"a":1}'), isError: true }),
    };
    const program = `
      const before = await codemode.describe("peer.get");
      await peer.get({ id: 1 });
      await codemode.raw("peer.fails", {});
      await peer.fails({}).catch(() => undefined);
      const { signature } = (await codemode.search("get"))[0];
      return [before, await codemode.describe("peer.get"), signature, await codemode.describe("peer")].join("\\n");`;
    const text = await returned(program, { script: answers, learning });
    const results = Array.from(text.matchAll(/(\w+)\(.*\): (Promise.*?);?$/gm), ([, name, result]) => `${name} ${result}`);
    const seen = "get Promise<{ id: number; note: string }> /* seen, not promised */";
    expect(results).toEqual(["get Promise<any>", seen, seen, "fails Promise<any>", seen]);
    await runProgram("await peer.get({ id: 2 })", { script: answers, learning });
    expect(await returned('return await codemode.describe("peer.get")', { script: answers, learning })).toContain(
      "Promise<{ id: number; note?: string }> /* seen, not promised */",
    );
  });

  it("cannot be changed by a program", async () => {
    expect(await returned("try { codemode.raw = 1 } catch (e) { return e.name }")).toBe("TypeError");
  });
});
