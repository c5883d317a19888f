import type { CallToolResult } from "@modelcontextprotocol/server";
import { describe, expect, it } from "vitest";
import { buildCatalog } from "../../../src/catalog/catalog.ts";
import { CodemodeError } from "../../../src/core/errors.ts";
import { CannotBeAsked } from "../../../src/core/questions.ts";
import { DEFAULT_LIMITS } from "../../../src/core/limits.ts";
import { Passthrough } from "../../../src/mcp/passthrough.ts";
import { SILENT_RELAY } from "../../support/silent-relay.ts";

const request = {
  signal: new AbortController().signal,
  relay: SILENT_RELAY,
  project: (result: CallToolResult) => result,
  era: "legacy" as const,
};
const catalogOf = (upstreams: Record<string, string[]>) =>
  buildCatalog(
    Object.entries(upstreams).map(([key, names]) => ({
      key,
      status: "ready",
      tools: names.map((name) => ({ name, inputSchema: {} })),
      skipped: [],
    })),
  );

/** `a` and `b` are passed through; every call is answered by `answer`. */
function passthroughOf(
  answer: () => unknown,
  limits = {},
  upstreams: Record<string, string[]> = { a: ["one", "find"], b: ["find"], c: ["hidden"] },
) {
  return new Passthrough({
    upstreams: new Set(["a", "b"]),
    catalog: async () => catalogOf(upstreams),
    call: async () => answer() as CallToolResult,
    limits: { ...DEFAULT_LIMITS, ...limits },
  });
}
const text = (value: string) => ({ content: [{ type: "text", text: value }] });
const throwing = (error: unknown) => () => {
  throw error;
};

describe("tools that are passed through", () => {
  it("are those of the configured upstreams", async () => {
    expect((await passthroughOf(() => text("")).tools()).map(({ name }) => name)).toEqual(["a_find", "one", "b_find"]);
  });

  it("have changed when a caller who has seen them would see others", async () => {
    const passthrough = passthroughOf(() => text(""));
    expect(passthrough.changed(catalogOf({ a: ["new"] }))).toBe(false);
    await passthrough.tools();
    expect(passthrough.changed(catalogOf({ a: ["one", "find"], b: ["find"], c: ["other"] }))).toBe(false);
    expect(passthrough.changed(catalogOf({ a: ["one", "find"], b: [] }))).toBe(true);
    expect(passthrough.changed(catalogOf({ a: ["one", "find"], b: [] }))).toBe(false);
  });

  it.each([
    ["find", 'Unknown tool "find". Did you mean a_find or b_find?'],
    ["on", 'Unknown tool "on". Did you mean one?'],
    ["execute", 'Unknown tool "execute". Did you mean execute_code?'],
    ["hidden", 'Unknown tool "hidden". Besides execute_code there are 3 tools: see tools/list.'],
  ])("there is none called %j", async (name, message) => {
    await expect(passthroughOf(() => text("")).call(name, {}, request)).rejects.toMatchObject({ code: -32_602, message });
  });
});

describe("a result that is passed through", () => {
  it("is the upstream's, without what concerns the hop", async () => {
    const content = [
      {
        type: "image",
        data: "AA==",
        mimeType: "image/png",
        annotations: { audience: ["user"] },
        _meta: { own: 1, "io.modelcontextprotocol/x": 2 },
      },
      { type: "resource_link", uri: "test://x", name: "x" },
      { type: "hologram", data: 1 },
    ];
    const given = {
      content,
      structuredContent: { a: [1] },
      isError: true,
      _meta: { own: 1, "io.modelcontextprotocol/serverInfo": {} },
      resultType: "complete",
    };
    expect(await passthroughOf(() => given).call("one", {}, request)).toEqual({
      content: [{ ...content[0], _meta: { own: 1 } }, content[1], { type: "text", text: '{"type":"hologram","data":1}' }],
      structuredContent: { a: [1] },
      isError: true,
      _meta: { own: 1 },
    });
  });

  it("may be as large as callResultBytes, and no byte larger", async () => {
    const bytes = JSON.stringify(text("x")).length;
    expect(await passthroughOf(() => text("x"), { callResultBytes: bytes }).call("one", {}, request)).toEqual(text("x"));
    const larger = await passthroughOf(() => text("xy"), { callResultBytes: bytes }).call("one", {}, request);
    expect(larger).toEqual({ ...text(`one: the result is larger than callResultBytes = ${bytes}; ask for less at once`), isError: true });
  });
});

describe("arguments that are passed through", () => {
  it("may be as large as argumentBytes, and no byte larger", async () => {
    const passthrough = passthroughOf(() => text("called"), { argumentBytes: '{"a":"x"}'.length });
    expect(await passthrough.call("one", { a: "x" }, request)).toEqual(text("called"));
    expect(await passthrough.call("one", { a: "xy" }, request)).toEqual({
      ...text("one: the arguments are larger than argumentBytes = 9"),
      isError: true,
    });
  });
});

describe("a call that is passed through and needs to ask", () => {
  const asking = throwing(new CannotBeAsked(["sampling"]));

  it("what a caller of 2026-07-28 cannot be asked fails as the request", async () => {
    await expect(passthroughOf(asking).call("one", {}, { ...request, era: "modern" })).rejects.toMatchObject({
      code: -32_021,
      message: "the server wants to ask, and your client cannot be asked: it has no sampling",
      data: { requiredCapabilities: { sampling: {} } },
    });
  });

  it("what an older caller cannot be asked fails as the tool, and so does what its upstream says of a capability that the caller has", async () => {
    const failed = { isError: true, content: [{ type: "text", text: expect.stringContaining("it has no sampling. Use a client") }] };
    expect(await passthroughOf(asking).call("one", {}, request)).toEqual(failed);
    const able = { ...request, era: "modern" as const, relay: { ...SILENT_RELAY, askable: { sampling: {} } } };
    expect(await passthroughOf(asking).call("one", {}, able)).toEqual(failed);
  });
});

describe("a failed call that is passed through", () => {
  const answered = (code: number) => new CodemodeError("tool_failed", "why", { cause: Object.assign(new Error("raw"), { code }) });

  it.each([-32_602, -32_603, 4711])("keeps the tool's own error code %i", async (code) => {
    await expect(passthroughOf(throwing(answered(code))).call("one", {}, request)).rejects.toMatchObject({ code, message: "why" });
  });

  it.each([-32_700, -32_600, -32_601, -32_000, -32_021, -32_042, -32_099])(
    "does not hand on %i, which is about our request",
    async (code) => {
      expect(await passthroughOf(throwing(answered(code))).call("one", {}, request)).toEqual({ ...text("one: why"), isError: true });
    },
  );

  it.each([
    [
      new CodemodeError("limit", "no answer within callMs = 5 ms", { remedy: "Ask for less." }),
      "one: no answer within callMs = 5 ms. Ask for less.",
    ],
    [new CodemodeError("upstream", "a is unavailable"), "one: a is unavailable"],
    [new CodemodeError("tool_approval", "a person has to allow this call"), "one: a person has to allow this call"],
  ])("for a reason of the proxy's is a result that says so", async (error, said) => {
    expect(await passthroughOf(throwing(error)).call("one", {}, request)).toEqual({ ...text(said), isError: true });
  });
});
