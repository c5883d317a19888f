import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import type { CallToolRequest, InputRequiredResult } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accept, openAskedCaller, said } from "../support/asked-caller.ts";
import { askInTurn, form, prompt } from "../support/asking.ts";
import { FOUR_WAYS, serve } from "../support/four-ways.ts";
import type { Served } from "../support/four-ways.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";
import type { ScriptedUpstream } from "../support/upstreams.ts";

/** `sample` asks a model; `name` asks for a form until it has an answer under its own key, which is its argument; `twice` asks two forms under one key. */
async function asking(era: "legacy" | "modern"): Promise<ScriptedUpstream> {
  return startUpstream(era, {
    pages: [[tool("sample"), tool("name"), tool("twice")]],
    async call(call) {
      const { name, arguments: args, answers } = call;
      if (name === "name") {
        const key = String(args["key"]);
        const [answered] = Object.entries(answers);
        if (answered !== undefined) return text(JSON.stringify(answered));
        return { resultType: "input_required", inputRequests: { [key]: { method: "elicitation/create", params: form("?") } } };
      }
      const asked =
        name === "sample"
          ? ([["sampling/createMessage", prompt("?")]] as const)
          : ([
              ["elicitation/create", form("1")],
              ["elicitation/create", form("2")],
            ] as const);
      const met = await askInTurn(call, asked, era);
      return "result" in met ? met.result : text(JSON.stringify(met.answers));
    },
  });
}

let past: ScriptedUpstream;
let present: ScriptedUpstream;
let served: Served;

beforeAll(async () => {
  [past, present] = await Promise.all([asking("legacy"), asking("modern")]);
  const mcpServers = { past: { url: past.url, passthrough: true }, present: { url: present.url, passthrough: true } };
  served = await serve({ mcpServers });
});
afterAll(async () => {
  await Promise.all([served?.stop(), past?.close(), present?.close()]);
});

describe("a 2026 caller who sees each round", () => {
  let client: Client;
  beforeAll(async () => {
    client = new Client(
      { name: "by hand", version: "1.0.0" },
      {
        capabilities: { elicitation: { form: {} } },
        versionNegotiation: { mode: { pin: "2026-07-28" } },
        inputRequired: { autoFulfill: false },
      },
    );
    await client.connect(new StreamableHTTPClientTransport(served.proxy.url));
  });
  afterAll(() => client?.close());

  const call = async (name: string, args: Record<string, unknown>, more: object = {}) => {
    const params = { name, arguments: args, ...more } as CallToolRequest["params"];
    const result: unknown = await client.callTool(params, { allowInputRequired: true });
    const { inputRequests = {}, requestState } = result as InputRequiredResult;
    return { keys: Object.keys(inputRequests), requestState, text: (result as { content?: { text: string }[] }).content?.[0]?.text };
  };

  it.each([
    ["user_name", "user_name"],
    ["your name?", "q1"],
    ["constructor", "q1"],
  ])(
    "of a call that is passed through: a question that is called %j is called %j, and its answer reaches the upstream under its own key",
    async (key, shown) => {
      const asked = await call("present_name", { key });
      expect(asked.keys).toEqual([shown]);
      const answered = await call(
        "present_name",
        { key },
        { requestState: asked.requestState, inputResponses: { [shown]: accept("Ann"), more: accept("") } },
      );
      expect(answered.text).toBe(JSON.stringify([key, accept("Ann")]));
    },
  );

  it("of a call that is passed through may answer before it is asked, under the upstream's own key", async () => {
    const early = await call("present_name", { key: "user_name" }, { inputResponses: { user_name: accept("Ann"), more: accept("") } });
    expect(early.text).toBe(JSON.stringify(["user_name", accept("Ann")]));
    expect((await call("present_name", { key: "user name" }, { inputResponses: { q1: accept("Ann") } })).keys).toEqual(["q1"]);
  });

  it("meets each key once, so that a repeated answer answers nothing else", async () => {
    const first = await call("present_twice", {});
    const retry = { requestState: first.requestState, inputResponses: { only: accept("1") } };
    const second = await call("present_twice", {}, retry);
    const repeated = await call("present_twice", {}, retry);
    expect([first.keys, second.keys, repeated.keys]).toEqual([["only"], ["only-2"], ["only-2"]]);
    expect(new Set([first.requestState, second.requestState, repeated.requestState]).size).toBe(3);
    const { text: last } = await call(
      "present_twice",
      {},
      { requestState: second.requestState, inputResponses: { "only-2": accept("2") } },
    );
    expect(last).toBe(JSON.stringify([accept("1"), accept("2")]));
  });

  it("of a program meets keys of the proxy: several calls may ask at once, and nothing is answered before it is asked", async () => {
    const code = 'return await Promise.all(["user_name", "user_name"].map((key) => present.name({ key })))';
    const asked = await call("execute_code", { code }, { inputResponses: { user_name: accept(""), q1: accept("") } });
    expect(asked.keys).toEqual(["q1", "q2"]);
    const { text: all } = await call(
      "execute_code",
      { code },
      { requestState: asked.requestState, inputResponses: { q1: accept("a"), q2: accept("b") } },
    );
    expect(JSON.parse(String(all))).toEqual(["a", "b"].map((value) => ["user_name", accept(value)]));
  });
});

describe.each(FOUR_WAYS)("a call of a %s caller over %s that is passed through and asks", (era, transport) => {
  it.each(["past", "present"])("is answered (%s)", async (namespace) => {
    const caller = await openAskedCaller({
      era,
      to: served.to(transport),
      answer: ({ method }) => (method === "elicitation/create" ? accept("a") : said("b")),
    });
    expect((await caller.call(`${namespace}_twice`, {})).content[0]?.text).toBe(JSON.stringify([accept("a"), accept("a")]));
    expect((await caller.call(`${namespace}_sample`, {})).content[0]?.text).toContain('"text":"b"');
    expect(caller.asked).toHaveLength(3);
    await caller.close();
  });

  it.each(["past", "present"])("what it cannot be asked fails, as its revision says it (%s)", async (namespace) => {
    const mute = await openAskedCaller({ era, to: served.to(transport), capabilities: { elicitation: {} } });
    const message = "the server wants to ask, and your client cannot be asked: it has no sampling";
    const failed = mute.call(`${namespace}_sample`, {});
    if (era === "2026") {
      const error = {
        code: -32_021,
        data: { requiredCapabilities: { sampling: {} } },
        message: expect.stringContaining(message) as string,
      };
      await expect(failed).rejects.toMatchObject(error);
    } else {
      expect(await failed).toMatchObject({ isError: true, content: [{ text: expect.stringContaining(message) as string }] });
    }
    await mute.close();
  });
});
