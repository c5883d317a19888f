import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildCatalog } from "../../../src/catalog/catalog.ts";
import type { CatalogTool } from "../../../src/catalog/catalog.ts";
import { exposedNames } from "../../../src/mcp/exposed-names.ts";
import { hostileText } from "../catalog/hostile.ts";

function toolsOf(upstreams: Readonly<Record<string, readonly string[]>>): CatalogTool[] {
  const listings = Object.entries(upstreams).map(([key, names]) => ({
    key,
    status: "ready" as const,
    tools: names.map((name) => ({ name, inputSchema: {} })),
    skipped: [],
  }));
  return buildCatalog(listings).namespaces.flatMap(({ tools }) => tools);
}

/** Exposed name -> upstream and its name there. */
function namesOf(upstreams: Readonly<Record<string, readonly string[]>>): Record<string, string> {
  return Object.fromEntries(
    Array.from(exposedNames(toolsOf(upstreams)), ([name, { upstream, tool }]) => [name, `${upstream}/${tool.name}`]),
  );
}

describe("names of tools that are passed through", () => {
  it.each<[string, Record<string, string[]>, Record<string, string>]>([
    ["stay", { a: ["one", "two-2", "x.y"] }, { one: "a/one", "two-2": "a/two-2", "x.y": "a/x.y" }],
    [
      "get their namespace where two upstreams have them",
      { a: ["find", "one"], b: ["find"] },
      { one: "a/one", a_find: "a/find", b_find: "b/find" },
    ],
    ["give way to the execute tool", { a: ["execute_code"] }, { a_execute_code: "a/execute_code" }],
    [
      "give way to a tool that is called so",
      { a: ["find", "b_find"], b: ["find"] },
      { b_find: "a/b_find", a_find: "a/find", b_find_2: "b/find" },
    ],
    ["that models' APIs refuse are rewritten", { "my-a": ["get user/é!"] }, { my_a_get_user_: "my-a/get user/é!" }],
    ["that become one are numbered", { a: ["x y", "x/y", "x!y"] }, { a_x_y: "a/x y", a_x_y_2: "a/x!y", a_x_y_3: "a/x/y" }],
    [
      "that JavaScript gives a meaning are names like others",
      { a: ["__proto__", "constructor"] },
      { constructor: "a/constructor", ["__proto__"]: "a/__proto__" },
    ],
  ])("%s", (_what, upstreams, expected) => {
    expect(new Map(Object.entries(namesOf(upstreams)))).toEqual(new Map(Object.entries(expected)));
  });

  it("have 128 characters at the most, and one more is cut", () => {
    const long = "n".repeat(128);
    expect(namesOf({ a: [long] })).toEqual({ [long]: `a/${long}` });
    expect(namesOf({ a: [`${long}1`, `${long}2`] })).toEqual({
      [`a_${"n".repeat(126)}`]: `a/${long}1`,
      [`a_${"n".repeat(124)}_2`]: `a/${long}2`,
    });
  });

  it("are portable, different, and the same in any order of upstreams and tools, whatever upstreams call them", () => {
    const name = fc.oneof(hostileText(), fc.constantFrom("find", "execute_code", "a_find", "x y", "__proto__", "n".repeat(130)));
    const list = fc.uniqueArray(name, { maxLength: 6 });
    fc.assert(
      fc.property(fc.record({ a: list, "b-b": list, é: list }), (upstreams) => {
        const names = [...exposedNames(toolsOf(upstreams))];
        for (const [exposed] of names) expect(exposed).toMatch(/^(?!execute_code$)[A-Za-z0-9_.-]{1,128}$/);
        expect(names).toHaveLength(toolsOf(upstreams).length);
        const reversed = Object.fromEntries(
          Object.entries(upstreams)
            .map(([key, each]) => [key, each.toReversed()] as const)
            .toReversed(),
        );
        expect(namesOf(reversed)).toEqual(namesOf(upstreams));
      }),
    );
  });
});
