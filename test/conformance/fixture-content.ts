import { completable, ResourceTemplate } from "@modelcontextprotocol/server";
import type { McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import { PIXEL } from "./fixture-media.ts";
import type { Changes } from "./fixture-tools.ts";

/** Resources, prompts and completions. Brings the prompt that has changed up to date, and tells the client, when what it returns is called. */
export function registerContent(server: McpServer, changes: Changes): () => void {
  const resource = (name: string, uri: string, mimeType: string, content: { text: string } | { blob: string }) =>
    server.registerResource(name, uri, { description: `The resource ${name}`, mimeType }, () => ({
      contents: [{ uri, mimeType, ...content }],
    }));
  resource("static-text", "test://static-text", "text/plain", { text: "This is the content of the static text resource." });
  resource("static-binary", "test://static-binary", "image/png", { blob: PIXEL });
  resource("watched-resource", "test://watched-resource", "text/plain", { text: "Watched" });
  server.registerResource(
    "template",
    new ResourceTemplate("test://template/{id}/data", { list: undefined }),
    { description: "Data by id", mimeType: "application/json" },
    ({ href }, { id }) => ({
      contents: [
        {
          uri: href,
          mimeType: "application/json",
          text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${String(id)}` }),
        },
      ],
    }),
  );
  server.server.setRequestHandler("resources/subscribe", () => ({}));
  server.server.setRequestHandler("resources/unsubscribe", () => ({}));

  const user = "user" as const;
  const changing = () => `A prompt that has changed ${changes.prompts} times`;
  const changed = server.registerPrompt("test_simple_prompt", { description: changing() }, () => ({
    messages: [{ role: user, content: { type: "text", text: "This is a simple prompt for testing." } }],
  }));
  const suggest = (typed: string) => ["testValue1", "testValue2", "other"].filter((value) => value.startsWith(typed));
  server.registerPrompt(
    "test_prompt_with_arguments",
    {
      description: "A prompt with two arguments",
      argsSchema: z.object({
        arg1: completable(z.string().describe("First test argument"), suggest),
        arg2: z.string().describe("Second test argument"),
      }),
    },
    ({ arg1, arg2 }) => ({
      messages: [{ role: user, content: { type: "text", text: `Prompt with arguments: arg1='${arg1}', arg2='${arg2}'` } }],
    }),
  );
  server.registerPrompt(
    "test_prompt_with_embedded_resource",
    { description: "A prompt with a resource", argsSchema: z.object({ resourceUri: z.string() }) },
    ({ resourceUri: uri }) => ({
      messages: [
        {
          role: user,
          content: { type: "resource", resource: { uri, mimeType: "text/plain", text: "Embedded resource content for testing." } },
        },
        { role: user, content: { type: "text", text: "Please process the embedded resource above." } },
      ],
    }),
  );
  server.registerPrompt("test_prompt_with_image", { description: "A prompt with an image" }, () => ({
    messages: [
      { role: user, content: { type: "image", data: PIXEL, mimeType: "image/png" } },
      { role: user, content: { type: "text", text: "Please analyze the image above." } },
    ],
  }));
  return () => changed.update({ description: changing() });
}
