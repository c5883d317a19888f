import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildChecker } from "../../../scripts/build-checker.ts";
import { DEFAULT_LIMITS } from "../../../src/core/limits.ts";
import { prepare } from "../../../src/program/prepare.ts";
import type { Checks, CheckResult } from "../../../src/program/checks.ts";
import type { PrepareResult } from "../../../src/program/prepare.ts";
import { BOMBS } from "./bombs.ts";
import { check, idioms, NAMESPACES } from "./check.ts";
import { FORMS } from "./forms.ts";

const PROGRAMS = [...(await idioms("untyped.txt")), ...(await idioms("typed.txt")), ...(await idioms("wrong.txt"))];

let folder: string;
let bundle: string;
let bundled: (source: string) => PrepareResult;
let bundledCheck: (source: string, steps?: number) => CheckResult;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "checker-"));
  await buildChecker(join(folder, "checker.js"));
  bundle = await readFile(join(folder, "checker.js"), "utf8");
  const imports = bundle.match(/\bfrom"[\w:./-]+"/g);
  expect(imports).toEqual(['from"cloudflare:workers"']);
  const workers = `data:text/javascript,${encodeURIComponent("export class WorkerEntrypoint {}")}`;
  const url = `data:text/javascript,${encodeURIComponent(bundle.replace("cloudflare:workers", workers))}`;
  const { default: Entrypoint } = (await import(/* @vite-ignore */ url)) as {
    default: new () => { prepare: typeof prepare; check: Checks["check"] };
  };
  const entrypoint = new Entrypoint();
  bundled = (source) => entrypoint.prepare(source);
  bundledCheck = (source, steps = DEFAULT_LIMITS.checkSteps) => entrypoint.check(source, NAMESPACES, steps);
});

afterAll(() => rm(folder, { recursive: true }));

describe("the Checker's bundle", () => {
  it("is the same at every build", async () => {
    await buildChecker(join(folder, "again.js"));
    expect(await readFile(join(folder, "again.js"), "utf8")).toBe(bundle);
  });

  it("holds a part of the compiler", () => {
    expect(gzipSync(bundle).length).toBeLessThan(1_200_000);
  });

  it.each([
    "return 1",
    "async () => { const x: number = 1; return x };",
    "export default async function main(this: void, a?: string): Promise<number> { return 1 }",
    "class A<T> extends Map<string, T> { private x!: T; get y(): T { return this.x as T } }\nnew A<number>().y",
    "const f = <T,>(x: T) => `${x satisfies T}`;\nfor (const y of [1] as const) f<number>(y)",
    "```ts\n{ a: 1, b: 2 }\n```",
    "enum A { B }",
    "import x from 'y'",
    "@dec class A { accessor x = 1; constructor(public y: string) {} }",
    "const a = `${",
    "async function () { return 1 +; }",
    "const a: any = 1; return a ?? a as number || <any>2",
    "type A<T> = T extends infer U extends string ? `${U}!` : { [K in keyof T]?: T[K] };\ndeclare const a: A<1>;\na",
  ])("does what the whole compiler does: %s", (source) => {
    expect(bundled(source)).toEqual(prepare(source));
  });

  it.each(FORMS)("reads this form as the whole compiler does: %s", (_form, source) => {
    expect(bundled(source)).toEqual(prepare(source));
  });

  it.each(PROGRAMS)("checks as the whole compiler does: %#", (program) => {
    if (prepare(program).ok) expect(bundledCheck(program)).toEqual(check(program));
  });

  // Each takes the unbounded parser years.
  it.each([
    ["async calls", (n: number) => "async (a = ".repeat(n) + "1" + ")".repeat(n)],
    ["async element access", (n: number) => "async [".repeat(n) + "1" + "]".repeat(n)],
    ["async templates", (n: number) => "(async `${".repeat(n)],
    ["type parameters in methods", (n: number) => "[{<".repeat(n)],
    ["the same as a value", (n: number) => `x = ${"{<[".repeat(n)}`],
  ])("gives up on what its parser would try for ever: %s", (_what, deep) => {
    expect(bundled(deep(60))).toMatchObject({
      ok: false,
      diagnostics: [{ line: 1, column: 1, message: expect.stringMatching(/nested too deeply/) }],
    });
    expect(bundled("async (a = 1) => a")).toEqual(prepare("async (a = 1) => a"));
  });

  it.each(BOMBS)("ends the checking of types, or gives it up: %s", (_what, bomb) => {
    expect(bundled(bomb)).toMatchObject({ ok: true });
    try {
      expect(bundledCheck(bomb)).toMatchObject({ kind: "checked" });
    } catch (error) {
      expect(error).toEqual(new RangeError("the budget of steps is used up"));
    }
    expect(bundledCheck("tracker.get_isue({ id: 1 })")).toEqual(check("tracker.get_isue({ id: 1 })"));
  });

  it("checkSteps: gives up at the step beyond, and starts anew with the next program", () => {
    const program = "const { issues } = await tracker.list_issues(); return issues.map(({ id }) => id);";
    const withSteps = (steps: number) => {
      try {
        return bundledCheck(program, steps).kind;
      } catch (error) {
        return String(error);
      }
    };
    // Each attempt that is given up is followed by one with a new checker: what they cost is the same.
    expect(withSteps(1)).toBe("RangeError: the budget of steps is used up");
    let [enough, short] = [DEFAULT_LIMITS.checkSteps, 1];
    while (enough - short > 1) {
      const middle = Math.floor((enough + short) / 2);
      if (withSteps(middle) === "checked") enough = middle;
      else short = middle;
      expect(withSteps(1)).toMatch("RangeError");
    }
    expect(withSteps(enough)).toBe("checked");
    expect(withSteps(1)).toMatch("RangeError");
    expect(withSteps(enough - 1)).toBe("RangeError: the budget of steps is used up");
  });

  it("does not give up on programs that are only long", () => {
    const call =
      "await Promise.all(items.map(async ({ id, ...rest }: { id: number }) => (id > 1 ? { id, ...(rest as object) } : null)));\n";
    const nested = `${"async (a) => { return ((a), [a ? (b) : (c), ".repeat(40)}1${"]) }".repeat(40)}`;
    for (const source of [
      call.repeat(2000),
      nested,
      `return ${"(x => [".repeat(100)}1${"])".repeat(100)}`,
      `return ${JSON.stringify(Array.from({ length: 20_000 }, () => ({ a: 1 })))}`,
    ]) {
      expect(bundled(source)).toMatchObject({ ok: true });
    }
  });
});
