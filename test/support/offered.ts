import type { ListedItem } from "../../src/core/features.ts";
import { startUpstream, text, tool } from "./upstreams.ts";
import type { Guard, ScriptedUpstream, UpstreamScript } from "./upstreams.ts";
import { askInTurn, form } from "./asking.ts";

/** The methods that the clients of both SDK lines have in common. */
export interface OffersClient {
  getServerCapabilities(): Record<string, unknown> | undefined;
  listResources(): Promise<{ resources: ListedItem[] }>;
  listResourceTemplates(): Promise<{ resourceTemplates: ListedItem[] }>;
  readResource(params: { uri: string }): Promise<{ contents: ListedItem[] }>;
  listPrompts(): Promise<{ prompts: ListedItem[] }>;
  getPrompt(params: { name: string; arguments?: Record<string, string> }): Promise<{ description?: string; messages: ListedItem[] }>;
  complete(params: object): Promise<{ completion: { values: string[] } }>;
}

export const NOTE = {
  uri: "note://shared/1",
  name: "One",
  title: "Note one",
  description: "The first note.",
  mimeType: "text/markdown",
  size: 7,
  annotations: { audience: ["user"], priority: 0.5 },
  icons: [{ src: "data:image/png;base64,AA==" }],
  _meta: { "example.com/own": [1], "io.modelcontextprotocol/hop": 1 },
};

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** An upstream with everything: two pages of resources, broken ones among them, templates, prompts, completions, links from its tool. */
export async function startOffering(era: "legacy" | "modern", guard?: Guard): Promise<ScriptedUpstream> {
  // Of a server of 2026-07-28 the SDK's client takes a whole page or none.
  const broken = (...items: unknown[]) => (era === "legacy" ? items : []);
  const script: UpstreamScript = {
    pages: [[tool("link"), tool("say")]],
    async call({ name, log }) {
      if (name === "say") {
        await log("debug", "small things");
        await log("warning", { what: "said in a call" }, "worker");
        return text(era);
      }
      const link = { type: "resource_link", uri: `note://linked/${era}`, name: "linked" };
      const embedded = { type: "resource", resource: { uri: "note://embedded", text: "inside" } };
      return { content: [link, embedded, { ...link, uri: "https://example.com/page" }] };
    },
    offers: {
      resources: [
        [NOTE, ...broken({ name: "no URI" }, "no object")],
        [
          { uri: `note://only/${era}`, ...(era === "legacy" ? { size: "wrong" } : { name: `note://only/${era}` }) },
          { uri: "note://pixel", name: "pixel", mimeType: "image/png" },
        ],
      ],
      templates: [[{ uriTemplate: `note://${era}/{id}/text`, name: "by id", mimeType: "text/plain" }]],
      prompts: [
        [
          {
            name: "greet",
            title: "Greet",
            description: "Greets.",
            arguments: [{ name: "who", required: true }],
            _meta: { "example.com/own": 2 },
          },
          ...broken({ title: "no name" }),
        ],
        [{ name: `only-${era}` }],
      ],
      async read(call) {
        const { name: uri } = call;
        if (uri === "note://pixel") return { contents: [{ uri, mimeType: "image/png", blob: PIXEL }] };
        if (uri === "note://asks") {
          const met = await askInTurn(call, [["elicitation/create", form("Which?")]], era);
          if ("result" in met) return met.result;
          return { contents: [{ uri, text: JSON.stringify(met.answers) }] };
        }
        if (uri.startsWith("note://nothing")) throw Object.assign(new Error("it is not there"), { code: -32_002 });
        const contents = [{ uri, mimeType: "text/plain", text: `${era} ${uri}`, _meta: { "example.com/own": 3, "mcp.dev/hop": 1 } }];
        return { contents, _meta: { "example.com/whole": 4 } };
      },
      get({ name, arguments: args }) {
        const content = { type: "text", text: `${era} ${name} ${JSON.stringify(args)}` };
        const link = { type: "resource_link", uri: "note://linked/prompt", name: "linked" };
        return { description: "As asked.", messages: [content, link].map((block) => ({ role: "user", content: block })) };
      },
      complete: (params) => ({ completion: { values: [JSON.stringify(params["ref"]), JSON.stringify(params["argument"])], total: 2 } }),
    },
  };
  return startUpstream(era, script, guard);
}
