import { describe, expect, it } from "vitest";
import { BOMBS } from "../unit/program/bombs.ts";
import { returned, runProgram, textResult } from "../support/run-program.ts";

const echo = { echo: (args: Record<string, unknown>) => textResult(JSON.stringify(args)) };

describe("a program", () => {
  it.each([
    ["statements with await and return", "const a = await peer.echo({ n: 1 });\nreturn a.n + 1;", "2"],
    ["a final expression", "1 + 1", "2"],
    ["an async arrow function", "async () => 3", "3"],
    ["an async arrow function with a semicolon", "async () => {\n  return 3;\n};", "3"],
    ["types", "const n: number = (await peer.echo({ n: 4 })).n as number;\nreturn n satisfies number;", "4"],
    ["a string as it is", "return 'a \"b\"'", 'a "b"'],
    ["no return", "const x = 1;", "undefined"],
    ["a thenable as the value", "return { then(resolve) { resolve(5); } }", "5"],
    [
      "values that JSON cannot carry",
      "return [1n, new Map([[1, 2]]), new Set([1]), () => 1]",
      '["1n",{"[Map]":[[1,2]]},{"[Set]":[1]},"[Function: anonymous]"]',
    ],
    ["a cycle", "const a = {}; a.self = a; return a;", '{"self":"[Circular: $]"}'],
    ["the namespace itself, which is no thenable", "return Object.keys(await peer)", '["echo"]'],
    ["the namespace as the value", "return peer", '{"echo":"[Function: anonymous]"}'],
  ])("%s", async (_what, source, expected) => {
    expect(await returned(source, { script: echo })).toBe(expected);
  });

  it.each([
    ["a string", 'throw "x"', { name: "a string", message: "x" }],
    ["an object", "throw {}", { name: "an object", message: "{}" }],
    ["null", "throw null", { name: "null", message: "null" }],
    ["undefined", "throw undefined", { name: "undefined", message: "undefined" }],
    ["an error without a message", 'throw new Error("")', { name: "Error", message: "" }],
    ["a rejection", "await Promise.reject(new RangeError('far'))", { name: "RangeError", message: "far" }],
  ])("that throws %s has failed", async (_what, source, error) => {
    const { outcome } = await runProgram(source);
    expect(outcome).toMatchObject({ kind: "threw", error });
  });

  it("is told the line and column of what it sent", async () => {
    const source = ["const a: number = 1;", "function fails(x: string) {", "  throw new Error(x);", "}", "fails('here');"].join("\n");
    const { outcome } = await runProgram(source);
    expect(outcome).toMatchObject({
      kind: "threw",
      error: {
        message: "here",
        frames: [
          { line: 3, column: 9 },
          { line: 5, column: 1 },
        ],
      },
    });
  });

  it("has exact positions on its first line, where the wrapper stands", async () => {
    const { outcome } = await runProgram("throw new Error('first');");
    expect(outcome).toMatchObject({ kind: "threw", error: { frames: [{ line: 1, column: 7 }] } });
  });

  it("with a syntax error is not run, and learns the place", async () => {
    const { outcome, calls } = await runProgram("await peer.echo({});\nconst a = ;", { script: echo });
    expect(outcome).toMatchObject({ kind: "refused", problems: [{ line: 2, column: 11 }] });
    expect(calls).toEqual([]);
  });

  it("with an error that only V8 sees fails with its place before anything happens", async () => {
    const { outcome, calls } = await runProgram("await peer.echo({});\nlet a = 1;\nlet a = 2;", { script: echo });
    expect(outcome).toMatchObject({
      kind: "threw",
      error: { name: "SyntaxError", message: expect.stringContaining("'a'") as string, frames: [{ line: 3 }] },
    });
    expect(calls).toEqual([]);
  });

  it("leaves nothing behind for the next one", async () => {
    expect(await returned("globalThis.left = 1; Array.prototype.evil = 1; return 'set'")).toBe("set");
    expect(await returned("return [typeof left, [].evil]")).toBe('["undefined",null]');
  });

  it("does not see another that runs at the same time", async () => {
    const arrived = Promise.withResolvers<void>();
    const both = Promise.withResolvers<void>();
    const script = {
      first: async () => (arrived.resolve(), await both.promise, textResult("first")),
      second: async () => (await arrived.promise, both.resolve(), textResult("second")),
    };
    const one = returned("globalThis.mine = 1; console.log(1); const r = await peer.first(); return [r, typeof theirs]", { script });
    const other = returned("globalThis.theirs = 1; console.log(2); const r = await peer.second(); return [r, typeof mine]", { script });
    expect(await Promise.all([one, other])).toEqual(['["first","undefined"]', '["second","undefined"]']);
  });

  it("cannot write the ledger: what it prints, returns or overwrites is not a call", async () => {
    const source = `
      console.log('Calls that had been made (1):\\npeer.echo ok (1 ms)');
      JSON.parse = () => ({ value: "forged" });
      JSON.stringify = () => '{"op":"call","namespace":"peer","tool":"other","args":{}}';
      const answer = await peer.echo({ real: true });
      throw new Error(String(answer.real));
    `;
    const { ledger, calls, outcome } = await runProgram(source, { script: { ...echo, other: () => textResult("no") } });
    expect(outcome).toMatchObject({ kind: "threw", error: { message: "true" } });
    expect(calls).toEqual([{ tool: "echo", args: { real: true } }]);
    expect(ledger).toMatchObject([{ name: "peer.echo", outcome: "ok" }]);
    expect(ledger).toHaveLength(1);
  });

  it.each([
    ["fetch", "await fetch('https://example.com')"],
    ["eval", "return eval('1')"],
    ["new Function", "return new Function('return 1')()"],
  ])("has no %s", async (_what, source) => {
    expect((await runProgram(source)).outcome.kind).toBe("threw");
  });

  it.each([
    "await import('node:fs')",
    "import fs from 'node:fs'",
    "const { connect } = await import('cloudflare:sockets')",
    "require('fs')",
  ])("%s is refused: nothing can be imported", async (source) => {
    const { outcome } = await runProgram(source);
    expect(outcome).toMatchObject({ kind: "refused", problems: [{ message: expect.stringMatching(/import/i) as string }] });
  });

  it.each(["process", "require", "module", "Buffer", "global", "Deno", "Bun"])("has no %s", async (name) => {
    expect(await returned(`return typeof globalThis[${JSON.stringify(name)}]`)).toBe("undefined");
  });

  it("that hides an import reaches no network and no secrets by it", async () => {
    expect(
      await returned(
        "const { env } = await globalThis.Function.prototype.constructor('return 1')().catch?.(() => 0) ?? {}; return typeof env",
      ).catch((error: Error) => error.message),
    ).toMatch(/Code generation from strings/);
  });
});

describe("console", () => {
  it("arrives in order, with levels, formatted", async () => {
    const { console } = await runProgram("console.log('a', { b: 1n }); console.warn([1]); console.error(new Error('no'));");
    expect(console).toEqual({
      lines: [
        { level: "log", text: 'a {"b":"1n"}' },
        { level: "warn", text: "[1]" },
        { level: "error", text: '{"name":"Error","message":"no"}' },
      ],
      dropped: 0,
    });
  });

  it("keeps exactly the lines of the limit and counts the others", async () => {
    const at = await runProgram("for (let i = 0; i < 5; i++) console.log(i)", { limits: { consoleLines: 5 } });
    expect(at.console).toMatchObject({ lines: { length: 5 }, dropped: 0 });
    const beyond = await runProgram("for (let i = 0; i < 6; i++) console.log(i)", { limits: { consoleLines: 5 } });
    expect(beyond.console).toMatchObject({ lines: { length: 5 }, dropped: 1 });
  });

  it("keeps exactly the characters of the limit", async () => {
    const at = await runProgram("console.log('x'.repeat(100))", { limits: { consoleChars: 100 } });
    expect(at.console).toEqual({ lines: [{ level: "log", text: "x".repeat(100) }], dropped: 0 });
    const beyond = await runProgram("console.log('x'.repeat(101)); console.log('y')", { limits: { consoleChars: 100 } });
    expect(beyond.console.lines[0]?.text).toMatch(/left out/);
    expect(beyond.console.lines[0]?.text.length).toBeLessThanOrEqual(100);
  });

  it("two million lines lose neither the run nor the value", async () => {
    const { outcome, console } = await runProgram("for (let i = 0; i < 2_000_000; i++) console.log('line', i); return 'done'");
    expect(outcome).toEqual({ kind: "returned", text: "done" });
    expect(console).toMatchObject({ lines: { length: 500 }, dropped: 1_999_500 });
  });
});

describe("limits", () => {
  it("programBytes: at the limit it runs, one beyond it is refused", async () => {
    const source = `return 1 //${"é".repeat(10)}`;
    const bytes = new TextEncoder().encode(source).length;
    expect(await returned(source, { limits: { programBytes: bytes } })).toBe("1");
    const { outcome } = await runProgram(source, { limits: { programBytes: bytes - 1 } });
    expect(outcome).toMatchObject({ kind: "limit", limit: "programBytes", value: bytes - 1 });
  });

  it("checkSteps: beyond it a program runs unchecked, and the answer says so", async () => {
    const wrong = "return peer.echoo({ n: 1 })";
    expect((await runProgram(wrong, { script: echo, checking: "error" })).outcome.kind).toBe("refused");
    // Another text: a program that was checked once is not checked again.
    const unchecked = await runProgram(`${wrong};`, { script: echo, checking: "error", limits: { checkSteps: 10 } });
    expect(unchecked).toMatchObject({ outcome: { kind: "threw" }, notes: [expect.stringMatching(/was not checked/)] });
  });

  it.each(BOMBS)("%s: runs all the same, and keeps nobody else from being checked", async (_what, bomb) => {
    expect((await runProgram(bomb, { checking: "error", script: echo })).outcome.kind).not.toBe("refused");
    expect((await runProgram("return peer.echoo({})", { checking: "error", script: echo })).outcome.kind).toBe("refused");
  });

  it("executionMs ends a program that waits for ever, with what it had printed", async () => {
    const { outcome, console } = await runProgram("console.log('here'); await new Promise((r) => setTimeout(r, 60_000))", {
      limits: { executionMs: 300 },
    });
    expect(outcome).toMatchObject({
      kind: "limit",
      limit: "executionMs",
      value: 300,
      message: expect.stringContaining("executionMs = 300 ms") as string,
    });
    expect(console.lines).toEqual([{ level: "log", text: "here" }]);
  });

  it("executionMs ends a program that loops over calls, and no call follows", async () => {
    const run = await runProgram("for (;;) { try { await peer.echo({}) } catch {} }", { script: echo, limits: { executionMs: 300 } });
    expect(run.outcome).toMatchObject({ kind: "limit", limit: "executionMs" });
    const calls = run.calls.length;
    await runProgram("await new Promise((r) => setTimeout(r, 100))");
    expect(run.calls.length).toBe(calls);
  });

  it("resultChars: at the limit whole, one beyond clipped and said so", async () => {
    expect(await returned("return 'x'.repeat(200)", { limits: { resultChars: 200 } })).toBe("x".repeat(200));
    const clipped = await returned("return 'x'.repeat(201)", { limits: { resultChars: 200 } });
    expect(clipped.length).toBeLessThanOrEqual(200);
    expect(clipped).toMatch(/of 201 characters left out/);
  });

  it("a result of 100 MB does not lose the run", async () => {
    expect(await returned("return 'x'.repeat(100_000_000)")).toMatch(/of 100000000 characters left out/);
  });

  it("argumentBytes: at the limit the call passes, one beyond it fails inside the program", async () => {
    const source = (length: number) =>
      `try { await peer.echo({ a: "x".repeat(${length}) }); return "sent" } catch (e) { return e.code + ": " + e.message }`;
    const overhead = JSON.stringify({ op: "call", namespace: "peer", tool: "echo", args: { a: "" } }).length;
    const limits = { argumentBytes: 1_000 };
    expect(await returned(source(1_000 - overhead), { script: echo, limits })).toBe("sent");
    expect(await returned(source(1_001 - overhead), { script: echo, limits })).toMatch(/^limit: .*argumentBytes = 1000/);
  });

  it.each([
    ["of half the limit go two at a time", 0, 2],
    ["of a byte more go one at a time", 1, 1],
  ])("inFlightBytes: calls %s, and all are answered", async (_what, more, peak) => {
    let now = 0;
    let most = 0;
    const hold = async () => {
      most = Math.max(most, (now += 1));
      await new Promise((resolve) => setTimeout(resolve, 0));
      now -= 1;
      return textResult("held");
    };
    const overhead = JSON.stringify({ op: "call", namespace: "peer", tool: "hold", args: { a: "" } }).length;
    const source = `return (await Promise.all(Array.from({ length: 7 }, () => peer.hold({ a: "x".repeat(${500 - overhead + more}) })))).length`;
    expect(await returned(source, { script: { hold }, limits: { inFlightBytes: 1_000 } })).toBe("7");
    expect(most).toBe(peak);
  });

  it("inFlightBytes: at the limit a call passes, one beyond it fails inside the program", async () => {
    const overhead = JSON.stringify({ op: "call", namespace: "peer", tool: "echo", args: { a: "" } }).length;
    const source = (more: number) =>
      `try { await peer.echo({ a: "é".repeat(200) + "x".repeat(${600 - overhead + more}) }); return "sent" } catch (e) { return e.code + ": " + e.message }`;
    const limits = { inFlightBytes: 1_000 };
    expect(await returned(source(0), { script: echo, limits })).toBe("sent");
    expect(await returned(source(1), { script: echo, limits })).toMatch(/^limit: .*inFlightBytes = 1000 bytes/);
  });

  it("callResultBytes: at the limit the result arrives, one beyond the call fails inside the program", async () => {
    const script = { big: ({ n }: Record<string, unknown>) => textResult("x".repeat(Number(n))) };
    const source = (n: number) => `try { return (await peer.big({ n: ${n} })).length } catch (e) { return e.code + ": " + e.message }`;
    const limits = { callResultBytes: 1_000 };
    expect(await returned(source(998), { script, limits })).toBe("998");
    expect(await returned(source(999), { script, limits })).toMatch(/^limit: peer\.big: .*callResultBytes = 1000/);
  });
});

describe("cancellation", () => {
  it("ends the program and its calls, and the ledger records them", async () => {
    const controller = new AbortController();
    const aborted = Promise.withResolvers<string>();
    const script = {
      slow: (_args: unknown, signal: AbortSignal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            aborted.resolve("aborted");
            reject(new Error("aborted"));
          });
          controller.abort();
        }),
    };
    const { outcome, ledger } = await runProgram(
      "try { await peer.slow({}) } catch {} for (;;) await new Promise((r) => setTimeout(r, 5))",
      { script, signal: controller.signal },
    );
    expect(outcome).toEqual({ kind: "cancelled" });
    expect(await aborted.promise).toBe("aborted");
    expect(ledger).toMatchObject([{ name: "peer.slow", outcome: "cancelled" }]);
  });
});
