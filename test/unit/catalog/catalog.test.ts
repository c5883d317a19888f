import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildCatalog, declarationOf } from "../../../src/catalog/catalog.ts";
import { LEVELS } from "../../../src/catalog/declarations.ts";
import type { Tool, UpstreamListing } from "../../../src/core/tool.ts";
import { compile, shapeOf } from "./compile.ts";
import { declared } from "./declared.ts";
import { LISTINGS } from "./fixtures.ts";

const tool = (name: string, description?: string): Tool => ({
  name,
  inputSchema: { type: "object" },
  ...(description === undefined ? {} : { description }),
});
const listing = (key: string, tools: readonly Tool[], rest: Partial<UpstreamListing> = {}): UpstreamListing => ({
  key,
  status: "ready",
  tools,
  skipped: [],
  ...rest,
});

describe("buildCatalog", () => {
  it("finds a tool by namespace and identifier, and never through a prototype", () => {
    const catalog = buildCatalog([listing("my-server", [tool("get-url"), tool("toString")])]);
    expect(catalog.find("my_server", "get_url")).toEqual({
      namespace: "my_server",
      identifier: "get_url",
      upstream: "my-server",
      tool: tool("get-url"),
    });
    expect(catalog.find("my_server", "toString_")?.tool.name).toBe("toString");
    for (const name of ["toString", "__proto__", "constructor", "get-url"]) expect(catalog.find("my_server", name)).toBeUndefined();
    for (const name of ["__proto__", "constructor", "my-server"]) expect(catalog.find(name, "get_url")).toBeUndefined();
  });

  it("sorts by code unit", () => {
    const catalog = buildCatalog([listing("b", [tool("b"), tool("a"), tool("B"), tool("ä")]), listing("a", []), listing("Z", [])]);
    expect(catalog.namespaces.map(({ name }) => name)).toEqual(["Z", "a", "b"]);
    expect(catalog.namespaces[2]?.tools.map(({ identifier }) => identifier)).toEqual(["B", "a", "b", "ä"]);
  });

  it("keeps what is known of every upstream, and declares those that are ready", () => {
    const catalog = buildCatalog([
      listing("up", [tool("f")], { instructions: "Be kind" }),
      listing("down", [tool("g")], { status: "unavailable", why: "refused", skipped: [{ name: "z", why: "broken" }] }),
      listing("soon", [], { status: "connecting" }),
    ]);
    expect(declared(catalog)).toBe("declare const up: {\nf(): Promise<any>;\n};\n");
    expect(catalog.namespaces.map(({ name, status, why, instructions }) => ({ name, status, why, instructions }))).toEqual([
      { name: "down", status: "unavailable", why: "refused", instructions: undefined },
      { name: "soon", status: "connecting", why: undefined, instructions: undefined },
      { name: "up", status: "ready", why: undefined, instructions: "Be kind" },
    ]);
    expect(catalog.namespace("down")?.skipped).toEqual([{ name: "z", why: "broken" }]);
    expect(declarationOf(catalog.find("up", "f")!)).toBe(declared(catalog));
  });

  it("keeps the first of two definitions of one name and reports the other", () => {
    const catalog = buildCatalog([listing("a", [tool("f", "first"), tool("f", "second")])]);
    expect(catalog.find("a", "f")?.tool.description).toBe("first");
    expect(catalog.namespaces[0]?.tools).toHaveLength(1);
    expect(catalog.namespaces[0]?.skipped).toEqual([{ name: "f", why: expect.stringContaining("more than once") }]);
  });

  it("does not process an upstream again whose list is the same", () => {
    let looks = 0;
    const look = <T>(answer: T): T => {
      looks += 1;
      return answer;
    };
    const schema = new Proxy<Record<string, unknown>>(
      { type: "object", properties: { a: { type: "string" } } },
      {
        get: (target, name) => look(Reflect.get(target, name)),
        has: (target, name) => look(Reflect.has(target, name)),
        ownKeys: (target) => look(Reflect.ownKeys(target)),
        getOwnPropertyDescriptor: (target, name) => look(Reflect.getOwnPropertyDescriptor(target, name)),
      },
    );
    const steady = listing("steady", [{ name: "f", inputSchema: schema }]);
    const textOf = (other: string) =>
      [...LEVELS, "checked" as const].map((level) => declared(buildCatalog([{ ...steady }, listing("other", [tool(other)])]), level));
    const before = textOf("x");
    expect(looks).toBeGreaterThan(0);
    looks = 0;
    const after = textOf("y");
    expect(looks).toBe(0);
    expect(after).not.toEqual(before);
    textOf("z");
    expect(declared(buildCatalog([listing("steady", [...steady.tools])]))).toContain("f(input?: { a?: string })");
    expect(looks).toBeGreaterThan(0);
  });

  it("does not crash over two keys with one namespace", () => {
    const catalog = buildCatalog([listing("a-b", [tool("x")]), listing("a b", [tool("y")])]);
    expect(catalog.namespaces.map(({ upstream }) => upstream)).toEqual(["a b", "a-b"]);
    expect(catalog.find("a_b", "y")).toBeDefined();
    expect(catalog.find("a_b", "x")).toBeUndefined();
    expect(compile({ "/all.d.ts": declared(catalog) })).toEqual([]);
  });

  it("gives the same bytes in whatever order upstreams and tools arrive", () => {
    const awkward = listing(
      "names",
      ["a-b", "a b", "a_b", "then", "then_", "delete"].map((name) => tool(name, `tool ${name}`)),
    );
    const listings = [...LISTINGS.slice(0, 6), awkward];
    const expected = declared(buildCatalog(listings));
    const shuffled = fc.tuple(...listings.map((each) => fc.shuffledSubarray([...each.tools], { minLength: each.tools.length })));
    const order = fc.shuffledSubarray([...listings.keys()], { minLength: listings.length });
    fc.assert(
      fc.property(shuffled, order, (tools, indexes) => {
        const again = indexes.map((index) => ({ ...listings[index]!, tools: tools[index]! }));
        expect(declared(buildCatalog(again))).toBe(expected);
      }),
      { numRuns: 20 },
    );
  });
});

describe("real servers", () => {
  const catalog = buildCatalog(LISTINGS);

  it("all have their tools, and all of it compiles", () => {
    expect(LISTINGS.length).toBeGreaterThan(20);
    for (const [index, { key, tools }] of LISTINGS.entries()) {
      const namespace = catalog.namespaces.find(({ upstream }) => upstream === key)!;
      expect(namespace.tools.map((each) => each.tool.name).sort(), key).toEqual(tools.map(({ name }) => name).sort());
      expect(shapeOf(declarationOf(namespace.tools[index % namespace.tools.length]!)).syntaxErrors).toEqual([]);
    }
    for (const level of [...LEVELS, "checked"] as const) expect(compile({ "/all.d.ts": declared(catalog, level) }), level).toEqual([]);
  });

  // A correct call of one tool of each; for some, a wrong one that must be refused.
  const calls: Record<string, { right: string; wrong?: string }> = {
    "chrome-devtools": {
      right: 'chrome_devtools.click({ pageId: 1, uid: "x", dblClick: true })',
      wrong: 'chrome_devtools.click({ pageId: 1, ui: "x" })',
    },
    cloudflare: { right: "cloudflare.do_list_namespaces()", wrong: "cloudflare.do_list_namespaces(1, 2)" },
    context7: { right: 'context7.resolve_library_id({ libraryName: "react", query: "hooks" })', wrong: "context7.resolve_library_id()" },
    "desktop-commander": {
      right: 'desktop_commander.list_directory({ path: "/", depth: 1 })',
      wrong: "desktop_commander.list_directory({ path: 1 })",
    },
    eslint: { right: 'eslint.lint_files({ filePaths: ["a.js"] })', wrong: 'eslint.lint_files({ filePaths: "a.js" })' },
    everything: { right: "everything.get_sum({ a: 1, b: 2 })", wrong: 'everything.get_sum({ a: 1, b: "2" })' },
    exa: { right: 'exa.web_search_exa({ query: "x" })', wrong: "exa.web_search_exa({})" },
    figma: { right: 'figma.get_figma_data({ fileKey: "x" })', wrong: 'figma.get_figma_data({ filekey: "x" })' },
    filesystem: {
      right: 'filesystem.read_text_file({ path: "/a", head: 3 }).then((file) => file.content.length)',
      wrong: 'filesystem.read_text_file({ path: "/a" }).then((file) => file.text)',
    },
    gitlab: { right: 'gitlab.create_issue({ project_id: "1", title: "x" })' },
    hubspot: { right: "hubspot.hubspot_get_user_details()", wrong: "hubspot.hubspot_get_user_detail()" },
    kubernetes: { right: 'kubernetes.kubectl_get({ resourceType: "pods" })', wrong: "kubernetes.kubectl_get({ resourceType: 1 })" },
    launchdarkly: {
      right: 'launchdarkly.get_environments({ request: { projectKey: "x" } })',
      wrong: "launchdarkly.get_environments({ request: {} })",
    },
    memory: {
      right: 'memory.create_entities({ entities: [{ name: "a", entityType: "b", observations: [] }] })',
      wrong: 'memory.create_entities({ entities: [{ name: "a" }] })',
    },
    n8n: { right: "n8n.tools_documentation()", wrong: "n8n.tools_documentation({ topics: 1 })" },
    netlify: { right: 'netlify.netlify_coding_rules({ creationType: "x" })', wrong: "netlify.netlify_coding_rules()" },
    playwright: { right: 'playwright.browser_navigate({ url: "https://example.com" })', wrong: "playwright.browser_navigate({})" },
    sentry: { right: "sentry.whoami()", wrong: "sentry.who_am_i()" },
    "sequential-thinking": {
      right: 'sequential_thinking.sequentialthinking({ thought: "x", nextThoughtNeeded: false, thoughtNumber: 1, totalThoughts: 1 })',
      wrong: 'sequential_thinking.sequentialthinking({ thought: "x" })',
    },
    "stripe-0.2.5": { right: "stripe_0_2_5.list_customers({ limit: 3 })", wrong: 'stripe_0_2_5.list_customers({ limit: "3" })' },
    tavily: { right: 'tavily.tavily_search({ query: "x" })', wrong: "tavily.tavily_search({})" },
  };

  it("can be called as they are declared, and not otherwise", () => {
    expect(Object.keys(calls).sort()).toEqual(LISTINGS.map(({ key }) => key).sort());
    const right = Object.values(calls).map((each) => `${each.right};`);
    const wrong = Object.values(calls).flatMap((each) => (each.wrong === undefined ? [] : [`${each.wrong};`]));
    const findings = compile({ "/all.d.ts": declared(catalog), "/calls.ts": [...right, ...wrong].join("\n") });
    const refused = new Set(findings.map(({ line }) => [...right, ...wrong][line]));
    expect(findings.filter(({ line }) => line < right.length).map(({ line, message }) => `${right[line]} ${message}`)).toEqual([]);
    expect([...refused]).toEqual(wrong);
  });

  it("gitlab's schemas without type leave the arguments open", () => {
    const gitlab = catalog.namespace("gitlab")!;
    expect(gitlab.tools).toHaveLength(9);
    expect(declarationOf(catalog.find("gitlab", "create_issue")!)).toContain("create_issue(input?: { [key: string]: any }): Promise<any>;");
  });
});
