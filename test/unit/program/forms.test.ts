import { beforeAll, describe, expect, it } from "vitest";
import { FORMS } from "./forms.ts";
import { prepared, run } from "./run-module.ts";

// Stands for the namespaces of a sandbox.
const echo = { calls: 0, say: async (value: unknown) => ((echo.calls += 1), value) };

beforeAll(() => {
  Object.assign(globalThis, { echo });
});

describe("forms of a program", () => {
  it.each(FORMS)("%s", async (_form, source, value) => {
    expect(await run(source)).toEqual(value);
  });

  it("keeps every line", () => {
    for (const [, source] of FORMS) {
      const { module } = prepared(source);
      const lines = source.split(/\r\n|[\n\r\u2028\u2029]/).length;
      expect(module.split(/\r\n|[\n\r\u2028\u2029]/).length, source).toBeLessThanOrEqual(lines + 2);
    }
  });

  it("runs main once when the program takes its result itself", async () => {
    const before = echo.calls;
    expect(await run("async function main() { return echo.say(1) }\nconst result = await main();")).toBe(undefined);
    expect(echo.calls - before).toBe(1);
  });

  it("says whether there were types", () => {
    expect(prepared("const x: number = 1").typed).toBe(true);
    expect(prepared("interface A {}").typed).toBe(true);
    expect(prepared("const x = 1 // x: number").typed).toBe(false);
    expect(prepared("export default async () => {}").typed).toBe(false);
  });
});

describe("what @cloudflare/codemode 0.5 gets wrong", () => {
  it("runs an arrow function with a semicolon behind it", async () => {
    expect(await run("async () => { return 1 };")).toBe(1);
  });

  it("runs TypeScript", async () => {
    expect(await run("async () => { const x: number = 1; return x }")).toBe(1);
  });

  it.each([
    ["a string", 'throw "x"', "x"],
    ["an object", "throw {}", {}],
    ["an error without a message", 'throw new Error("")', new Error("")],
  ])("leaves %s that is thrown a failure", async (_what, source, thrown) => {
    await expect(run(source)).rejects.toEqual(thrown);
  });
});
