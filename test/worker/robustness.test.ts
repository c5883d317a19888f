import { describe, expect, it } from "vitest";
import { returned, runProgram, textResult } from "../support/run-program.ts";

const script = {
  echo: (args: Record<string, unknown>) => textResult(JSON.stringify(args)),
  fails: () => ({ isError: true, content: [{ type: "text", text: "no such file" }] }),
  slow: async () => {
    await new Promise((resolve) => setTimeout(resolve, 0));
    await new Promise((resolve) => setTimeout(resolve, 0));
    return textResult("slow");
  },
  long: () => ({ isError: true, content: [{ type: "text", text: "e".repeat(25_000) }] }),
};

describe("the harness does not hang on what a program may replace", () => {
  it.each([
    ["throws a revoked Proxy", "const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy", "threw"],
    ["replaces Promise.resolve", "Promise.resolve = () => 5; return 1", "returned"],
    ["deletes the iterator of arrays", "delete Array.prototype[Symbol.iterator]; return 1", "returned"],
    ["replaces setTimeout", "globalThis.setTimeout = undefined; peer.slow({}); return 1", "returned"],
    [
      "throws an error with a large tree of causes",
      "const tree = (d) => new AggregateError(d ? Array.from({ length: 5 }, () => tree(d - 1)) : [], 'm'.repeat(40_000)); throw tree(4)",
      "threw",
    ],
  ])("a program that %s still has its outcome", async (_what, source, kind) => {
    expect((await runProgram(source, { script })).outcome.kind).toBe(kind);
  });

  // Before the fix this is an endless loop of microtasks inside the harness's own `drain`: it takes the whole workerd process with it.
  it("a program that replaces Promise and forgets an await ends like any other", async () => {
    const run = await runProgram("globalThis.Promise = class {}; peer.slow({}); return 1", { script });
    expect(run.outcome).toEqual({ kind: "returned", text: "1" });
    expect(run.ledger).toMatchObject([{ name: "peer.slow", outcome: "ok" }]);
  });

  it.each(["Promise", "Map", "Set", "Date", "URLSearchParams", "Object", "RegExp", "Symbol"])(
    "a program that replaces %s still returns its value",
    async (name) => {
      expect(await returned(`globalThis.${name} = undefined; return { a: [1] }`)).toBe('{"a":[1]}');
    },
  );
});

/** The second of two timers of the same length fires after the first. */
const PAUSE = "await new Promise((resolve) => setTimeout(resolve, 0)); return 'done'";

describe("a failure that nobody awaits", () => {
  it.each([
    ["a call", "peer.fails({}); return 'done'", "peer.fails: no such file", 6],
    ["calls in a forEach", "[1].forEach(async () => { await peer.fails({}) }); return 'done'", "peer.fails: no such file", 27],
    ["a promise of the program", "Promise.reject(new TypeError('nobody')); await null; return 'done'", "nobody", 16],
    ["an async timer", `setTimeout(async () => { throw new TypeError('nobody') }, 0); ${PAUSE}`, "nobody", 32],
  ])(
    "of %s is the outcome, beside what was returned, because the value alone says that all went well",
    async (...[, source, message, column]) => {
      const { outcome } = await runProgram(source, { script });
      expect(outcome).toMatchObject({
        kind: "threw",
        error: { message, frames: [{ line: 1, column }] },
        returned: { kind: "returned", text: "done" },
      });
    },
  );

  it("is told on the console if it is not the first, or if the program has failed by itself", async () => {
    const failures = "peer.fails({ n: 1 }); Promise.reject(new TypeError('second'));";
    const second = { level: "error", text: "Unhandled rejection: TypeError: second" };
    expect((await runProgram(`${failures} return 'done'`, { script })).console.lines).toEqual([
      { level: "error", text: "Unhandled rejection: ToolError: peer.fails: no such file" },
    ]);
    const { outcome, console } = await runProgram(`${failures} await null; throw new Error('first')`, { script });
    expect(outcome).toMatchObject({ kind: "threw", error: { message: "first" } });
    expect(outcome).not.toHaveProperty("returned");
    expect(console.lines).toContainEqual(second);
  });

  it.each([
    ["a timer", `setTimeout(() => { throw new TypeError('nobody') }, 0); ${PAUSE}`, /^Uncaught error: TypeError: nobody$/],
    ["an interval", `const i = setInterval(() => { clearInterval(i); throw 5 }, 0); ${PAUSE}`, /^Uncaught error: a number: 5$/],
    ["a microtask", `queueMicrotask(() => { throw new TypeError('nobody') }); ${PAUSE}`, /^Uncaught error: TypeError: nobody$/],
    [
      "a listener",
      "const t = new EventTarget(); t.addEventListener('x', () => { throw new TypeError('nobody') }); t.dispatchEvent(new Event('x')); return 'done'",
      /^Uncaught error: TypeError: nobody$/,
    ],
  ])("of %s, which nobody could await, is told on the console", async (_what, source, said) => {
    const { outcome, console } = await runProgram(source, { script });
    expect(outcome).toEqual({ kind: "returned", text: "done" });
    expect(console.lines).toContainEqual({ level: "error", text: expect.stringMatching(said) as string });
  });
});

it("timers get their arguments, return what the platform's return, and refuse what the platform's refuse", async () => {
  const source = `
    const seen = [];
    const timer = setTimeout((...args) => seen.push(args), 0, 1, "a");
    const never = setTimeout(() => seen.push("never"), 0);
    clearTimeout(never);
    await new Promise((resolve) => setTimeout(resolve, 0));
    try { setTimeout(); } catch (e) { seen.push(e.name); }
    try { queueMicrotask("x"); } catch (e) { seen.push(e.name); }
    return [typeof timer, setTimeout.name, queueMicrotask(() => {}), ...seen];
  `;
  expect(await returned(source)).toBe('["number","setTimeout",null,[1,"a"],"TypeError","TypeError"]');
});

it("a failure that is awaited later than it came is nobody's secret, and not told twice", async () => {
  const source = "const a = peer.slow({}); const b = peer.fails({}); await a; try { await b } catch (e) { return e.message }";
  const { outcome, console } = await runProgram(source, { script });
  expect(outcome).toEqual({ kind: "returned", text: "peer.fails: no such file" });
  expect(console.lines).toEqual([]);
});

describe("the place of an error", () => {
  it("is that of the call, even if the call had failed before it was awaited", async () => {
    const { outcome } = await runProgram("const a = peer.slow({});\nconst b = peer.fails({});\nawait a;\nawait b;", { script });
    expect(outcome).toMatchObject({ kind: "threw", error: { name: "ToolError", frames: [{ line: 2 }] } });
  });

  it.each([
    ["a thrown error", "const a = 1;\nthrow new Error('x'.repeat(30_000))", { line: 2, column: 7 }],
    ["a failed call", "const a = 1;\nawait peer.long({})", { line: 2, column: 1 }],
  ])("is there however long the message of %s is", async (_what, source, place) => {
    const { outcome } = await runProgram(source, { script });
    expect(outcome).toMatchObject({ kind: "threw", error: { frames: [place] } });
  });

  it("is not taken from the message", async () => {
    const { outcome } = await runProgram("throw new Error('see program.js:99:3')");
    expect(outcome).toMatchObject({ kind: "threw", error: { frames: [{ line: 1, column: 7 }] } });
  });

  it.each([
    ["let a; let a;", 12],
    ["function f() { await peer.echo({}) }", 16],
  ])("that only V8 sees is exact to the column: %s", async (source, column) => {
    const { outcome } = await runProgram(source, { script });
    expect(outcome).toMatchObject({ kind: "threw", error: { name: "SyntaxError", frames: [{ line: 1, column }] } });
  });

  it("of a cause that is its own cause is told once", async () => {
    const { outcome } = await runProgram("const e = new Error('x'); e.cause = e; throw e");
    expect(outcome).toMatchObject({ kind: "threw", error: { causes: [] } });
  });
});

describe("what cannot be shown or sent", () => {
  it("costs only itself: a getter that throws keeps its neighbours", async () => {
    const shown = await returned("return { get a() { throw new Error('mine') }, b: 1 }");
    expect(JSON.parse(shown)).toEqual({ a: expect.stringContaining("mine") as string, b: 1 });
  });

  it.each([
    ["NaN", /"a" is NaN/],
    ["[Infinity]", /"0" is Infinity/],
    ["/x/", /"a" is a RegExp/],
    ["new Error('x')", /"a" is an Error/],
    ["new Uint8Array(2)", /"a" is a Uint8Array/],
  ])("%s as an argument is refused, not turned into null or {}", async (value, message) => {
    const run = await runProgram(`try { await peer.echo({ a: ${value} }) } catch (e) { return e.code + " " + e.message }`, { script });
    expect(run.outcome).toMatchObject({ kind: "returned", text: expect.stringMatching(message) as string });
    expect(run.calls).toEqual([]);
  });

  it.each([
    ["await peer.echo(new Date(0))", /peer\.echo: takes one object/],
    ["await codemode.raw()", /codemode\.raw.*name/],
    ["await codemode.raw({ name: 'peer.echo' })", /codemode\.raw.*name/],
  ])("%s says what is wrong with it", async (source, message) => {
    const { outcome } = await runProgram(source, { script });
    expect(outcome).toMatchObject({ kind: "threw", error: { message: expect.stringMatching(message) as string } });
  });

  it("an unknown tool of a ready upstream is told in well-formed sentences", async () => {
    const message = await returned("try { await peer.zzz({}) } catch (e) { return e.message }", { script });
    expect(message).toMatch(/^There is no tool "zzz" in peer\. Use /);
  });
});

describe("many calls at once", () => {
  it("reach the upstream no more than 64 at a time", async () => {
    let now = 0;
    let most = 0;
    const meet = async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 0));
      now -= 1;
      return textResult("met");
    };
    const source = "return (await Promise.all(Array.from({ length: 500 }, () => peer.meet({})))).length";
    expect(await returned(source, { script: { meet } })).toBe("500");
    expect(most).toBeLessThanOrEqual(64);
  });
});
