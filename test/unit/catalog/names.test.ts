import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { declareNamespace } from "../../../src/catalog/declarations.ts";
import { identifiersOf, isIdentifier, namespaceOf } from "../../../src/catalog/names.ts";
import { DANGEROUS_PROPERTIES, RESERVED_NAMES } from "../../../src/catalog/reserved.ts";
import { compile, isTypeScriptIdentifier, KEYWORDS } from "./compile.ts";
import { hostileText } from "./hostile.ts";

const RECURSIVE = { type: "object", properties: { children: { type: "array", items: { $ref: "#" } } } };

describe("namespaceOf", () => {
  it.each([
    ["github", "github"],
    ["get-url", "get_url"],
    ["get - url!", "get_url_"],
    ["1x", "_1x"],
    ["", "_"],
    ["...", "_"],
    ["größe", "größe"],
    ["検索", "検索"],
    ["a\u200bb", "a_b"],
    ["\u3164", "_"],
    ["🦊", "_"],
    ["ca\u0301t", "cát"],
    ["fetch", "fetch_"],
    ["process", "process_"],
    ["codemode", "codemode_"],
    ["ToolError", "ToolError_"],
    ["await", "await_"],
    ["async", "async"],
    ["constructor", "constructor_"],
    ["__proto__", "__proto___"],
    ["-_proto__", "__proto___"],
    ["undefined", "undefined_"],
    ["type", "type"],
  ])("%j -> %s", (key, namespace) => {
    expect(namespaceOf(key)).toBe(namespace);
  });

  it("reserves every global of this runtime that workerd has too, and all of the language", () => {
    const reserved = new Set(RESERVED_NAMES);
    const language = [
      "Array",
      "Promise",
      "globalThis",
      "eval",
      "Iterator",
      "WebAssembly",
      "console",
      "fetch",
      "process",
      "Buffer",
      "global",
    ];
    for (const name of [...language, ...Object.getOwnPropertyNames(Object.prototype)]) expect(reserved, name).toContain(name);
  });

  it("can be declared, with recursive types, whatever word of the language the key is", () => {
    const keys = [...KEYWORDS, ...RESERVED_NAMES, "async", "of", "Promise", "string"];
    const names = [...new Set(keys.map(namespaceOf))];
    const tools = [{ identifier: "f", tool: { name: "f", inputSchema: RECURSIVE } }];
    expect(compile({ "/all.d.ts": names.map((name) => declareNamespace(name, tools)).join("") })).toEqual([]);
  });

  it("is always an identifier that shadows nothing, and stays what it is", () => {
    fc.assert(
      fc.property(hostileText(), (key) => {
        const name = namespaceOf(key);
        expect(isTypeScriptIdentifier(name)).toBe(true);
        expect(RESERVED_NAMES).not.toContain(name);
        expect(namespaceOf(name)).toBe(name);
      }),
    );
  });
});

describe("isIdentifier", () => {
  it("takes no character that TypeScript or V8 would refuse", () => {
    const wrong: string[] = [];
    for (let code = 0; code <= 0xffff; code += 1) {
      const name = `a${String.fromCharCode(code)}`;
      if (isIdentifier(name) && !(isTypeScriptIdentifier(name) && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name))) wrong.push(name);
    }
    expect(wrong).toEqual([]);
    expect(isIdentifier("a\u{10400}")).toBe(false);
  });
});

describe("identifiersOf", () => {
  const named = (...names: string[]): Record<string, string> => Object.fromEntries(identifiersOf(names));

  it("leaves identifiers alone, reserved words included", () => {
    expect(named("delete", "new", "class", "create_issue", "catch", "$")).toEqual({
      $: "$",
      catch: "catch",
      class: "class",
      create_issue: "create_issue",
      delete: "delete",
      new: "new",
    });
  });

  it("covers every property of Object.prototype", () => {
    for (const name of Object.getOwnPropertyNames(Object.prototype)) expect(DANGEROUS_PROPERTIES, name).toContain(name);
  });

  it.each([...DANGEROUS_PROPERTIES])("keeps %s off the namespace object", (name) => {
    expect(identifiersOf([name]).get(name)).toBe(`${name}_`);
    expect(identifiersOf([name, `${name}_`]).get(name)).toBe(`${name}__2`);
  });

  it("resolves a name collision, which fails every run elsewhere", () => {
    expect(named("get url", "get-url", "get_url", "get.url")).toEqual({
      get_url: "get_url",
      "get url": "get_url_2",
      "get-url": "get_url_3",
      "get.url": "get_url_4",
    });
    expect(named("a-b", "a b", "a_b_2")).toEqual({ a_b_2: "a_b_2", "a b": "a_b", "a-b": "a_b_3" });
  });

  it("never makes a dangerous name of a harmless one", () => {
    expect(named("-_proto__", "to\u200bString", "")).toEqual({ "-_proto__": "__proto___", "to\u200bString": "to_String", "": "_" });
  });

  it("gives each name its own safe identifier, in whatever order they come", () => {
    const lists = fc.uniqueArray(fc.oneof(hostileText(), fc.constantFrom("a-b", "a b", "a_b", "a_b_2", "then", "then_")), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        lists.chain((names) => fc.tuple(fc.constant(names), fc.shuffledSubarray(names, { minLength: names.length }))),
        ([names, shuffled]) => {
          const identifiers = identifiersOf(names);
          expect([...identifiers.keys()].sort()).toEqual([...names].sort());
          expect(new Set(identifiers.values()).size).toBe(names.length);
          for (const [name, identifier] of identifiers) {
            expect(isIdentifier(identifier)).toBe(true);
            expect(identifier in {} || identifier === "then" || identifier === "toJSON").toBe(false);
            if (isIdentifier(name) && !DANGEROUS_PROPERTIES.includes(name)) expect(identifier).toBe(name);
          }
          expect(identifiersOf(shuffled)).toEqual(identifiers);
        },
      ),
    );
  });

  it("manages ten thousand names that all look alike", () => {
    const names = Array.from({ length: 10_000 }, (_, index) => "-".repeat(index + 1));
    expect(new Set(identifiersOf(names).values()).size).toBe(10_000);
  });
});
