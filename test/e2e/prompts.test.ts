import { Client } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAskedCaller } from "../support/asked-caller.ts";
import type { AskedCaller } from "../support/asked-caller.ts";
import { startOffering } from "../support/offered.ts";
import type { OffersClient } from "../support/offered.ts";
import { FOUR_WAYS, serve } from "../support/four-ways.ts";
import type { Served } from "../support/four-ways.ts";
import { startProxy } from "../support/proxy.ts";
import type { ScriptedUpstream } from "../support/upstreams.ts";

let past: ScriptedUpstream;
let present: ScriptedUpstream;
let served: Served;

beforeAll(async () => {
  [past, present] = await Promise.all([startOffering("legacy"), startOffering("modern")]);
  const config = { mcpServers: { past: { url: past.url }, present: { url: present.url } } };
  served = await serve(config);
});
afterAll(async () => {
  await Promise.all([served?.stop(), past?.close(), present?.close()]);
});

describe.each(FOUR_WAYS)("for a %s caller over %s", (era, transport) => {
  let caller: AskedCaller;
  let client: OffersClient;
  beforeAll(async () => {
    caller = await openAskedCaller({ era, to: served.to(transport) });
    client = caller.client as unknown as OffersClient;
  });
  afterAll(() => caller?.close());

  it("prompts and completions are declared", () => {
    expect(client.getServerCapabilities()).toMatchObject({ prompts: {}, completions: {} });
  });

  it("prompts are listed with all pages, under names that say whose they are, broken ones left out", async () => {
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(["past.greet", "past.only-legacy", "present.greet", "present.only-modern"]);
    expect(prompts[0]).toEqual({
      name: "past.greet",
      title: "Greet",
      description: "Greets.",
      arguments: [{ name: "who", required: true }],
      _meta: { "example.com/own": 2 },
    });
  });

  it.each([
    ["past.greet", "legacy greet", "past"],
    ["present.greet", "modern greet", "present"],
    ["only-modern", "modern only-modern", "present"],
  ])("%s is got with its arguments, and its links can be read", async (name, said, namespace) => {
    const { description, messages } = await client.getPrompt({ name, arguments: { who: "you" } });
    expect(description).toBe("As asked.");
    expect(messages).toMatchObject([
      { role: "user", content: { type: "text", text: `${said} {"who":"you"}` } },
      { role: "user", content: { type: "resource_link", uri: `codemode://${namespace}/note://linked/prompt` } },
    ]);
    const uri = (messages[1] as unknown as { content: { uri: string } }).content.uri;
    expect((await client.readResource({ uri })).contents[0]?.["text"]).toContain("note://linked/prompt");
  });

  it.each([
    ["greet", 'several servers have a prompt "greet". Say which: past.greet or present.greet.'],
    ["nothing", 'there is no prompt "nothing". Use a name that prompts/list gives.'],
    ["nobody.greet", 'there is no prompt "nobody.greet"'],
  ])("%s is none", async (name, why) => {
    await expect(client.getPrompt({ name })).rejects.toMatchObject({ code: -32_602, message: expect.stringContaining(why) as string });
  });

  it.each([
    [{ type: "ref/prompt", name: "past.greet" }, '{"type":"ref/prompt","name":"greet"}'],
    [{ type: "ref/prompt", name: "only-modern" }, '{"type":"ref/prompt","name":"only-modern"}'],
    [
      { type: "ref/resource", uri: "codemode://present/note://modern/{id}/text" },
      '{"type":"ref/resource","uri":"note://modern/{id}/text"}',
    ],
    [{ type: "ref/resource", uri: "note://legacy/{id}/text" }, '{"type":"ref/resource","uri":"note://legacy/{id}/text"}'],
  ])("an argument of %j is completed by its upstream", async (ref, own) => {
    const { completion } = await client.complete({ ref, argument: { name: "who", value: "y" }, context: { arguments: { other: "x" } } });
    expect(completion).toEqual({ values: [own, '{"name":"who","value":"y"}'], total: 2 });
  });
});

it("what is switched off is not declared, not answered, and not asked for", async () => {
  const off = { resources: false, prompts: false, completions: false, logging: false };
  const silent = await startProxy({ mcpServers: { past: { url: past.url, passthrough: true } }, features: off });
  const before = past.methods.length;
  for (const era of ["2025", "2026"] as const) {
    const caller = await openAskedCaller({ era, to: silent.url });
    const client = caller.client as unknown as OffersClient;
    expect(client.getServerCapabilities()).toEqual({ tools: { listChanged: true } });
    const { content } = await caller.call("link", {});
    expect(content[0]).toMatchObject({ uri: "note://linked/legacy" });
    await expect(client.readResource({ uri: "codemode://past/note://shared/1" })).rejects.toThrow(/method not found/i);
    await expect(client.getPrompt({ name: "past.greet" })).rejects.toThrow(/method not found/i);
    if (caller.client instanceof Client) {
      const stream = await caller.client.listen({ toolsListChanged: true, resourceSubscriptions: ["codemode://past/note://shared/1"] });
      expect(stream.honoredFilter).toEqual({ toolsListChanged: true });
      await stream.close();
    }
    await caller.close();
  }
  await silent.stop();
  expect(past.methods.slice(before).filter((method) => /resource|prompt|completion|logging/.test(method))).toEqual([]);
});
