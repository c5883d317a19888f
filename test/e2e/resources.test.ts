import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accept, openAskedCaller } from "../support/asked-caller.ts";
import type { AskedCaller } from "../support/asked-caller.ts";
import { NOTE, startOffering } from "../support/offered.ts";
import type { OffersClient } from "../support/offered.ts";
import { FOUR_WAYS, serve } from "../support/four-ways.ts";
import type { Served } from "../support/four-ways.ts";
import { startProxy } from "../support/proxy.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";
import type { ScriptedUpstream } from "../support/upstreams.ts";

let past: ScriptedUpstream;
let present: ScriptedUpstream;
let bare: ScriptedUpstream;
let served: Served;

beforeAll(async () => {
  [past, present] = await Promise.all([startOffering("legacy"), startOffering("modern")]);
  bare = await startUpstream("legacy", { pages: [[tool("only")]], call: () => text("ok") });
  const config = {
    mcpServers: { past: { url: past.url, passthrough: true }, present: { url: present.url }, bare: { url: bare.url } },
    limits: { listItems: 3 },
  };
  served = await serve(config);
});
afterAll(async () => {
  await Promise.all([served?.stop(), past?.close(), present?.close(), bare?.close()]);
});

describe.each(FOUR_WAYS)("resources for a %s caller over %s", (era, transport) => {
  let caller: AskedCaller;
  let client: OffersClient;
  beforeAll(async () => {
    caller = await openAskedCaller({ era, to: served.to(transport), answer: () => accept("this") });
    client = caller.client as unknown as OffersClient;
  });
  afterAll(() => caller?.close());

  it("are declared", () => {
    expect(client.getServerCapabilities()?.["resources"]).toEqual({ listChanged: true, subscribe: true });
  });

  it("are listed with all pages, under URIs that say whose they are, broken ones and members left out", async () => {
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual([
      "codemode://past/note://shared/1",
      "codemode://past/note://only/legacy",
      "codemode://past/note://pixel",
      "codemode://present/note://shared/1",
      "codemode://present/note://only/modern",
      "codemode://present/note://pixel",
    ]);
    expect(resources[0]).toEqual({ ...NOTE, uri: "codemode://past/note://shared/1", _meta: { "example.com/own": [1] } });
    expect(resources[1]).toEqual({ uri: "codemode://past/note://only/legacy", name: "note://only/legacy" });
  });

  it("have templates, which stay templates", async () => {
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates).toEqual([
      { uriTemplate: "codemode://past/note://legacy/{id}/text", name: "by id", mimeType: "text/plain" },
      { uriTemplate: "codemode://present/note://modern/{id}/text", name: "by id", mimeType: "text/plain" },
    ]);
  });

  it.each(["past", "present"])("of %s are read unchanged, texts and blobs, but for what belongs to the hop", async (namespace) => {
    const spoken = namespace === "past" ? "legacy" : "modern";
    const uri = `codemode://${namespace}/note://shared/1`;
    expect(await client.readResource({ uri })).toMatchObject({
      contents: [{ uri, mimeType: "text/plain", text: `${spoken} note://shared/1`, _meta: { "example.com/own": 3 } }],
      _meta: { "example.com/whole": 4 },
    });
    const { contents } = await client.readResource({ uri: `codemode://${namespace}/note://pixel` });
    expect(contents).toEqual([
      { uri: `codemode://${namespace}/note://pixel`, mimeType: "image/png", blob: expect.stringMatching(/^iVBOR/) as string },
    ]);
  });

  it("are read by an upstream's own URI, too, where only one can be meant", async () => {
    const { contents } = await client.readResource({ uri: "note://only/modern" });
    expect(contents[0]).toMatchObject({ uri: "note://only/modern", text: "modern note://only/modern" });
    const { contents: byTemplate } = await client.readResource({ uri: "note://legacy/7/text" });
    expect(byTemplate[0]).toMatchObject({ uri: "note://legacy/7/text", text: "legacy note://legacy/7/text" });
    await expect(client.readResource({ uri: "note://shared/1" })).rejects.toThrow(
      'several servers have a resource "note://shared/1". Say which: codemode://past/note://shared/1 or codemode://present/note://shared/1.',
    );
  });

  it.each([
    ["codemode://past/note://nothing", /it is not there/],
    ["codemode://nobody/note://x", /there is no server "nobody"/],
    ["codemode://bare/note://x", /this server has no resources/],
    ["note://unheard", /there is no resource "note:\/\/unheard"/],
  ])("%s: there is none, with the code for that", async (uri, why) => {
    await expect(client.readResource({ uri })).rejects.toMatchObject({ code: -32_602, message: expect.stringMatching(why) as string });
  });

  it("can ask the user before they are read", async () => {
    for (const namespace of ["past", "present"]) {
      const { contents } = await client.readResource({ uri: `codemode://${namespace}/note://asks` });
      expect(contents[0]?.["text"]).toBe('[{"action":"accept","content":{"value":"this"}}]');
    }
    expect(caller.asked.map(({ params }) => params.message)).toEqual(
      ["past", "present"].map((key) => expect.stringContaining(key) as string),
    );
  });

  it("fail where a user has to be asked who cannot be, with the code for that in 2026-07-28", async () => {
    const mute = await openAskedCaller({ era, to: served.to(transport), capabilities: { roots: {} } });
    const failure = era === "2026" ? { code: -32_021, data: { requiredCapabilities: { elicitation: { form: {} } } } } : { code: -32_603 };
    for (const namespace of ["past", "present"]) {
      const read = (mute.client as unknown as OffersClient).readResource({ uri: `codemode://${namespace}/note://asks` });
      await expect(read).rejects.toMatchObject({ ...failure, message: expect.stringContaining("it has no elicitation.form") as string });
    }
    await mute.close();
  });

  it("are what the links in results lead to", async () => {
    const { content } = await caller.call("link", {});
    const [link, embedded, page] = content as unknown as { uri: string; resource: { uri: string } }[];
    expect([link?.uri, embedded?.resource.uri, page?.uri]).toEqual([
      "codemode://past/note://linked/legacy",
      "codemode://past/note://embedded",
      "https://example.com/page",
    ]);
    const { contents } = await client.readResource({ uri: String(link?.uri) });
    expect(contents[0]?.["text"]).toBe("legacy note://linked/legacy");
    const { content: fromProgram } = await caller.call("execute_code", { code: "return await present.link()" });
    expect(fromProgram[0]).toMatchObject({ type: "resource_link", uri: "codemode://present/note://linked/modern" });
  });
});

it("of one upstream are listed up to listItems, and no more", async () => {
  const cut = await startProxy({ mcpServers: { past: { url: past.url } }, limits: { listItems: 2 } });
  const caller = await openAskedCaller({ era: "2025", to: cut.url });
  const { resources } = await (caller.client as unknown as OffersClient).listResources();
  await Promise.all([caller.close(), cut.stop()]);
  expect(resources).toHaveLength(2);
  expect(cut.stderr()).toContain("1 resources are left out, beyond listItems = 2");
});
