import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkedDeclarations, declareNamespace, declareTool, LEVELS, signatureOf } from "../../../src/catalog/declarations.ts";
import type { DeclaredTool } from "../../../src/catalog/methods.ts";
import { identifiersOf } from "../../../src/catalog/names.ts";
import type { JsonSchema, Tool } from "../../../src/core/tool.ts";
import { compile, KEYWORDS, shapeOf } from "./compile.ts";
import { hostileSchema, hostileText } from "./hostile.ts";

const tool = (name: string, inputSchema: unknown, rest: Partial<Tool> = {}): DeclaredTool => ({
  identifier: name,
  tool: { name, inputSchema: inputSchema as JsonSchema, ...rest },
});

const OWNER = { owner: { type: "string", description: "Repository owner" } };

describe("declareNamespace", () => {
  it("writes a tool without property texts on one line, and a line per property otherwise", () => {
    const text = declareNamespace("github", [
      tool(
        "create_issue",
        { type: "object", properties: { owner: { type: "string" }, body: { type: "string" } }, required: ["owner"] },
        {
          description: "Create a new issue",
        },
      ),
      tool("create_pull_request", {
        type: "object",
        required: ["owner", "labels"],
        properties: {
          ...OWNER,
          labels: { type: "array", items: { enum: ["bug", "docs"] } },
          draft: { type: "boolean", default: false, description: "Whether to create\n it   as a draft, not one that is ready" },
          range: {
            type: "object",
            description: "Lines",
            properties: { from: { type: "integer", minimum: 1, description: "First" }, to: { type: "integer" } },
          },
        },
      }),
    ]);
    expect(text).toBe(`declare const github: {
// Create a new issue
create_issue(input: { owner: string; body?: string }): Promise<any>;
create_pull_request(input: {
 owner: string // Repository owner
 labels: ("bug" | "docs")[]
 draft?: boolean // Whether to create it as a draft, not one that is ready
 // Lines
 range?: {
  from?: number // First [>= 1]
  to?: number
 }
}): Promise<any>;
};
`);
  });

  it("marks a type that was learned, and prefers the one that is promised", () => {
    const learned = { kind: "primitive", name: "string" } as const;
    const silent = tool("f", { type: "object", properties: {} });
    const promising = tool(
      "f",
      { type: "object", properties: {} },
      { outputSchema: { type: "object", properties: { a: { type: "number" } } } },
    );
    expect(signatureOf("x", { ...silent, learned })).toBe("x.f(): Promise<string> /* seen, not promised */");
    expect(declareNamespace("x", [{ ...silent, learned }])).toBe(
      "declare const x: {\nf(): Promise<string> /* seen, not promised */;\n};\n",
    );
    expect(signatureOf("x", { ...promising, learned })).toBe("x.f(): Promise<{ a?: number }>");
    expect(checkedDeclarations("x", [{ ...silent, learned }])).toContain("f(input?: {}): Promise<any>;");
  });

  it("leaves the texts out when asked", () => {
    const described = tool("f", { type: "object", properties: OWNER }, { description: "Words" });
    expect(declareNamespace("a", [described], "signature")).toBe("declare const a: {\nf(input?: { owner?: string }): Promise<any>;\n};\n");
  });

  it.each<[string, unknown, string]>([
    ["no parameters", { type: "object", properties: {} }, "f(): Promise<any>"],
    ["no properties", { type: "object" }, "f(): Promise<any>"],
    ["closed", { type: "object", additionalProperties: false }, "f(): Promise<any>"],
    ["open", { type: "object", additionalProperties: true }, "f(input?: { [key: string]: any }): Promise<any>"],
    [
      "a schema that says nothing",
      { $schema: "http://json-schema.org/draft-07/schema#" },
      "f(input?: { [key: string]: any }): Promise<any>",
    ],
    ["no schema at all", null, "f(input?: { [key: string]: any }): Promise<any>"],
    ["true", true, "f(input?: { [key: string]: any }): Promise<any>"],
    ["without type", { properties: { a: { type: "string" } }, required: ["a"] }, "f(input: { a: string }): Promise<any>"],
    ["all optional", { type: "object", properties: { a: {} } }, "f(input?: { a?: any }): Promise<any>"],
    [
      "a union with an optional branch",
      { type: "object", anyOf: [{ properties: { a: {} }, required: ["a"] }, { properties: { b: {} } }] },
      "f(input?: { a: any } | { b?: any }): Promise<any>",
    ],
  ])("input of a tool with %s", (_, schema, signature) => {
    expect(signatureOf("ns", tool("f", schema))).toBe(`ns.${signature}`);
  });

  it("lets programs call f() and f({}) where nothing is required, and only there", () => {
    const text = checkedDeclarations("a", [
      tool("none", { type: "object", properties: {} }),
      tool("some", { properties: { x: { type: "string" } }, required: ["x"] }),
    ]);
    const calls = ["a.none();", "a.none({});", 'a.some({ x: "x" });', "a.some();", "a.some({});"];
    expect(compile({ "/a.d.ts": text, "/calls.ts": calls.join("\n") }).map(({ line }) => calls[line])).toEqual([
      "a.some();",
      "a.some({});",
    ]);
  });

  it("turns outputSchema into the type of the result", () => {
    const outputSchema = {
      type: "object",
      properties: { id: { type: "number" }, tags: { type: "array", items: { type: "string" } } },
      required: ["id"],
    };
    expect(signatureOf("a", tool("f", { type: "object" }, { outputSchema }))).toBe("a.f(): Promise<{ id: number; tags?: string[] }>");
  });

  it("declares recursive types beside the constant, so that they collide with nothing", () => {
    const tree = {
      type: "object",
      properties: { name: { type: "string" }, children: { type: "array", items: { $ref: "#" } } },
      required: ["name"],
    };
    const defs = {
      type: "object",
      properties: { n: { $ref: "#/$defs/Input" } },
      $defs: { Input: { properties: { next: { $ref: "#/$defs/Input" } } } },
    };
    const tools = [tool("add", tree, { outputSchema: tree }), tool("add_Input", defs), tool("add_", defs)];
    const text = declareNamespace("tree", tools);
    expect(text).toBe(`declare namespace tree {
type add_Input = { name: string; children?: tree.add_Input[] };
type add_Output = { name: string; children?: tree.add_Output[] };
type add_Input_Input = { next?: tree.add_Input_Input };
type add__Input = { next?: tree.add__Input };
}
declare const tree: {
add(input: tree.add_Input): Promise<tree.add_Output>;
add_Input(input?: { n?: tree.add_Input_Input }): Promise<any>;
add_(input?: { n?: tree.add__Input }): Promise<any>;
};
`);
    const other = declareNamespace("tree_add", tools);
    const use = 'tree.add({ name: "a", children: [{ name: "b" }] }).then((out) => out.children?.[0]?.children?.[0]?.name.length);';
    expect(compile({ "/tree.d.ts": text, "/other.d.ts": other, "/use.ts": use })).toEqual([]);
    expect(compile({ "/tree.d.ts": text, "/use.ts": 'tree.add({ name: "a", children: [{ nam: "b" }] });' })).toHaveLength(1);
  });

  it("gives two recursive types of one name two names", () => {
    const loop = { properties: { x: { $ref: "#/$defs/L" } }, $defs: { L: { properties: { l: { $ref: "#/$defs/L" } } } } };
    const text = declareNamespace("a", [tool("f", loop, { outputSchema: loop })]);
    expect(text).toContain("type f_L = { l?: a.f_L };");
    expect(text).toContain("type f_L_2 = { l?: a.f_L_2 };");
  });

  it("takes every keyword as the name of a tool and of a property", () => {
    const properties = Object.fromEntries(KEYWORDS.map((word) => [word, { type: "string" }]));
    const text = declareNamespace(
      "a",
      KEYWORDS.map((word) => tool(word, { type: "object", properties })),
    );
    expect(shapeOf(text).members).toEqual([...KEYWORDS]);
    expect(compile({ "/a.d.ts": text, "/use.ts": KEYWORDS.map((word) => `a.${word}({ ${word}: "" });`).join("\n") })).toEqual([]);
  });

  it("says what a renamed tool is called by its upstream, where nobody would guess it", () => {
    const renamed = { identifier: "get_url_2", tool: { name: "get url", description: "Fetches a page", inputSchema: {} } };
    const obvious = { identifier: "get_url", tool: { name: "get-url", description: "Fetches another", inputSchema: {} } };
    for (const level of ["full", "brief"] as const) {
      const text = declareNamespace("a", [obvious, renamed], level);
      expect(text).toContain('/* Fetches a page\nMCP name: "get url" */\nget_url_2(');
      expect(text).toContain("// Fetches another\nget_url(");
    }
    expect(declareTool("a", obvious)).toContain('/* Fetches another\nMCP name: "get-url" */\nget_url(');
  });

  it("joins lines that were broken for a screen, and keeps the others", () => {
    const description = "\n\n  First   line \r\n\n\n\u2028 second\tline\u0085third\u000b- fourth  \n\n";
    expect(declareNamespace("a", [tool("f", {}, { description })])).toBe(
      "declare const a: {\n/* First line\nsecond line third\n- fourth */\nf(input?: { [key: string]: any }): Promise<any>;\n};\n",
    );
  });

  it("takes the title when there is no description", () => {
    expect(declareNamespace("a", [tool("f", {}, { title: "Do F" })])).toContain("\n// Do F\n");
    expect(declareNamespace("a", [tool("f", {}, { description: " ", annotations: { title: "Do G" } })])).toContain("\n// Do G\n");
  });

  it.each<[string, object, string]>([
    ["the description behind a reference", { $ref: "#/$defs/d" }, "Of the definition [uri]"],
    ["its own before that", { $ref: "#/$defs/d", description: "Own" }, "Own [uri]"],
    [
      "of the one branch beside null",
      { anyOf: [{ type: "number", maximum: 5, description: "Branch" }, { type: "null" }] },
      "Branch [<= 5]",
    ],
    ["of the items", { type: "array", items: { description: "Each" }, maxItems: 3 }, "Each [items <= 3]"],
    ["constraints alone", { type: "string", pattern: "^a$", default: "a" }, '[= "a", matches ^a$]'],
    ["a default object", { default: { a: 1 } }, '[= {"a":1}]'],
  ])("finds %s", (_, schema, comment) => {
    const $defs = { d: { type: "string", format: "uri", description: "Of the definition" } };
    expect(declareNamespace("a", [tool("f", { type: "object", properties: { p: schema }, $defs })])).toContain(` // ${comment}\n`);
  });

  it("leaves out constraints that say nothing", () => {
    const noise = {
      type: "integer",
      minimum: Number.MIN_SAFE_INTEGER,
      maximum: Number.MAX_SAFE_INTEGER,
      minItems: 0,
      pattern: "x".repeat(100),
      default: "x".repeat(100),
      format: 5,
    };
    expect(declareNamespace("a", [tool("f", { properties: { p: noise } })])).toContain("f(input?: { p?: number })");
  });
});

describe("what is said once", () => {
  const id = { type: "string", description: "The ID of the project, as the list of projects gives it" };
  const named = { type: "string", description: "The name of the project" };
  const tools = ["create_project", "rename_project"].map((name) => tool(name, { type: "object", properties: { id, name: named } }));

  it("is a sentence about a parameter, in a namespace; what only says the name is not said at all", () => {
    expect(declareNamespace("a", tools)).toBe(`declare const a: {
create_project(input?: {
 id?: string // The ID of the project, as the list of projects gives it
 name?: string
}): Promise<any>;
rename_project(input?: { id?: string; name?: string }): Promise<any>;
};
`);
  });

  it("is all there for one tool that is asked for", () => {
    expect(tools.map((each) => declareTool("a", each).match(/\/\/ The/g)?.length)).toEqual([2, 2]);
  });

  it("is a shape that several tools use, under a name", () => {
    const item = {
      type: "object",
      properties: { title: { type: "string" }, state: { enum: ["open", "closed"] }, author: { type: "string" } },
    };
    const listing = { type: "object", properties: { issues: { type: "array", items: item } } };
    const text = declareNamespace("a", [
      tool("f", {}, { outputSchema: listing }),
      tool("g", { properties: { issue: item } }, { outputSchema: item }),
    ]);
    expect(text).toContain('type Issue = { title?: string; state?: "open" | "closed"; author?: string };');
    expect(text).toContain("): Promise<{ issues?: a.Issue[] }>;");
    expect(text).toContain("g(input?: { issue?: a.Issue }): Promise<a.Issue>;");
  });

  it("is a parameter that its property describes; examples in another syntax are left out", () => {
    const description = "Sends it.\n\nArgs:\n- to (str): Whom to send it to.\n\n<examples>\nsend(to='x')\n</examples>";
    const properties = { to: { type: "string", description: "Whom to send it to." } };
    expect(declareNamespace("a", [tool("send", { properties }, { description })])).toContain("\n// Sends it.\nsend(");
  });
});

describe("levels", () => {
  it("brief: first sentences, and of parameters what is short", () => {
    const properties = {
      path: { type: "string", description: "Where to begin. May be relative." },
      depth: { type: "integer", description: `How deep to go${" and so on".repeat(10)}` },
    };
    const described = tool("walk", { properties }, { description: "Walks a tree. Slow for large ones." });
    expect(declareNamespace("a", [described], "brief")).toBe(
      "declare const a: {\n// Walks a tree\nwalk(input?: {\n path?: string // Where to begin\n depth?: number\n}): Promise<any>;\n};\n",
    );
  });

  it("name: the names, with any arguments", () => {
    const text = declareNamespace("a", [tool("f", {}), tool("g", {})], "name");
    expect(text).toBe('declare const a: Record<"f" | "g", (input?: any) => Promise<any>>;\n');
    expect(compile({ "/a.d.ts": text, "/calls.ts": "a.f(); a.g({ x: 1 }); a.h();" })).toHaveLength(1);
  });
});

describe("hostile text", () => {
  it("$& in a description, which elsewhere corrupts the prompt, is text like any other", () => {
    const description = "Costs $& or $1 $` $' ${x} `y` */ /* <!--";
    expect(declareNamespace("a", [tool("f", { properties: { p: { description: `${description}!` } } }, { description })])).toBe(
      `declare const a: {\n// ${description}\nf(input?: {\n p?: any // ${description}!\n}): Promise<any>;\n};\n`,
    );
  });

  it("hides nothing: bidi overrides, tags, zero-width and control characters are gone", () => {
    const description = "a\u202eb\u2066c\u{e0041}\u{e0020}d\u200be\u0000f\u001bg\ud800h\u{e0101}i👩\u200d🔬";
    expect(declareNamespace("a", [tool("f", {}, { description })])).toContain("// abcdefg\ufffdhi👩\u200d🔬\n");
  });

  it("compiles, and declares exactly the tools, whatever names and texts are", () => {
    const member = fc.record({ name: hostileText(), description: hostileText(), property: hostileText(), value: hostileText() });
    fc.assert(
      fc.property(fc.uniqueArray(member, { selector: ({ name }) => name, minLength: 1, maxLength: 4 }), (members) => {
        const identifiers = identifiersOf(members.map(({ name }) => name));
        const tools = members.map(({ name, description, property, value }): DeclaredTool => {
          const schema = {
            description,
            type: "object",
            properties: Object.fromEntries([[property, { description, enum: [value], default: value }]]),
            required: [property],
          };
          return { identifier: identifiers.get(name)!, tool: { name, title: description, description, inputSchema: schema } };
        });
        for (const level of LEVELS) expect(shapeOf(declareNamespace("ns", tools, level)).syntaxErrors).toEqual([]);
        const shape = shapeOf(declareNamespace("ns", tools));
        expect(shape.syntaxErrors).toEqual([]);
        expect(shape.statements).toEqual(["const ns"]);
        expect(shape.members).toEqual(tools.map(({ identifier }) => identifier));
        // Nothing but the known words: the parser saw every upstream text as a comment, a name or a string.
        expect(shape.words).toEqual([
          "ns",
          ...tools.flatMap(({ identifier }, index) => [identifier, "input", members[index]!.property, members[index]!.value, "Promise"]),
        ]);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it("compiles whatever the schema is", () => {
    const entry = fc.record({ input: hostileSchema(), output: hostileSchema() });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 30, maxLength: 60 }), (entries) => {
        const tools = entries.map(({ input, output }, index) => tool(`f${index}`, input, { outputSchema: output }));
        const text = declareNamespace("ns", tools);
        const { syntaxErrors, statements, members } = shapeOf(text);
        expect(syntaxErrors).toEqual([]);
        expect(statements.filter((statement) => statement !== "namespace ns")).toEqual(["const ns"]);
        expect(members).toEqual(tools.map(({ identifier }) => identifier));
        expect(compile({ "/ns.d.ts": text })).toEqual([]);
      }),
      { numRuns: 15 },
    );
  }, 60_000);
});
