import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openAskedCaller, said } from "../support/asked-caller.ts";
import type { AskedCaller, Received } from "../support/asked-caller.ts";
import type { OffersClient } from "../support/offered.ts";
import { FOUR_WAYS, serve } from "../support/four-ways.ts";
import type { Served } from "../support/four-ways.ts";
import { ROOT } from "../support/proxy.ts";

/** The reference server with everything that MCP of 2025 has, called by programs of real clients of both eras, over both transports. */
const CONFIG = { mcpServers: { everything: { command: join(ROOT, "node_modules/.bin/mcp-server-everything") } } };

let served: Served;

beforeAll(async () => {
  served = await serve(CONFIG);
});
afterAll(async () => {
  await served?.stop();
});

const text = (value: unknown) => ({ type: "text", text: value });
const matching = (pattern: RegExp) => expect.stringMatching(pattern) as string;
const PNG = { type: "image", mimeType: "image/png", data: matching(/^iVBORw0KGgo[A-Za-z0-9+/]+={0,2}$/) };
const ANN = { name: "Ann", check: true, integer: 7, titledMultipleSelectEnum: ["fish-2"] };

/** What a program returns as it is, and the blocks that the caller gets. */
const RETURNED: readonly (readonly [expression: string, content: readonly object[]])[] = [
  ["get_tiny_image()", [text("Here's the image you requested:"), PNG, text("The image above is the MCP logo.")]],
  [
    'get_annotated_message({ messageType: "error", includeImage: true })',
    [
      { ...text("Error: Operation failed"), annotations: { priority: 1, audience: ["user", "assistant"] } },
      { ...PNG, annotations: { priority: 0.5, audience: ["user"] } },
    ],
  ],
  // A text alone is a text inside a program.
  ['get_annotated_message({ messageType: "debug" })', [text("Debug: Cache hit ratio 0.95, latency 150ms")]],
  [
    "get_resource_links({ count: 2 })",
    [
      text("Here are 2 resource links to resources available in this server:"),
      ...["Blob", "Text"].map((kind, at) => ({
        type: "resource_link",
        uri: `codemode://everything/demo://resource/dynamic/${kind.toLowerCase()}/${at + 1}`,
        name: `${kind} Resource ${at + 1}`,
        description: `Resource ${at + 1}: plaintext resource`,
        mimeType: "text/plain",
      })),
    ],
  ],
  ...(["Text", "Blob"] as const).map(
    (kind) =>
      [
        `get_resource_reference({ resourceType: "${kind}", resourceId: 7 })`,
        [
          text("Returning resource reference for Resource 7:"),
          {
            type: "resource",
            resource: {
              uri: `codemode://everything/demo://resource/dynamic/${kind.toLowerCase()}/7`,
              mimeType: "text/plain",
              ...(kind === "Text" ? { text: matching(/^Resource 7: This is a plaintext resource/) } : { blob: matching(/^UmVzb3VyY2Ug/) }),
            },
          },
          text(`You can access this resource using the URI: demo://resource/dynamic/${kind.toLowerCase()}/7`),
        ],
      ] as const,
  ),
  [
    'gzip_file_as_resource({ name: "hello.gz", data: "data:text/plain,hello", outputType: "resource" })',
    [
      {
        type: "resource",
        resource: {
          uri: "codemode://everything/demo://resource/session/hello.gz",
          mimeType: "application/gzip",
          blob: matching(/^H4sI/),
        },
      },
    ],
  ],
];

describe.each(FOUR_WAYS)("a program of a %s caller over %s", (era, transport) => {
  let caller: AskedCaller;
  let answer: (question: Received) => unknown;
  beforeAll(async () => {
    const roots = { roots: [{ uri: "file:///home/ann", name: "home" }] };
    // The server asks for roots by itself, too, soon after it has been started.
    caller = await openAskedCaller({
      era,
      to: served.to(transport),
      answer: (question) => (question.method === "roots/list" ? roots : answer(question)),
    });
  });
  beforeEach(() => {
    caller.asked.length = 0;
  });
  afterAll(() => caller?.close());

  const contentOf = async (code: string) => {
    const { isError, content } = await caller.call("execute_code", { code });
    expect([isError ?? false, content]).toEqual([false, expect.anything()]);
    return content as unknown[];
  };
  const asked = (method: string) => caller.asked.filter((question) => question.method === method).map(({ params }) => params);

  // The first call of all: the server has to learn first what this caller can be asked, and offers the tool only then.
  it.each([
    [{ action: "accept", content: ANN }, /- Name: Ann\n- Agreed to terms: true\n- Favorite Integer: 7/],
    [{ action: "decline" }, /User declined to provide the requested information/],
    [{ action: "cancel" }, /User cancelled the elicitation dialog/],
  ])("goes on with what the user has answered: %j", async (answered, heard) => {
    answer = () => answered;
    const code = 'return (await everything.trigger_elicitation_request()).map(({ text }) => text).join("\\n")';
    const [{ text: blocks }] = (await contentOf(code)) as [{ text: string }];
    expect(blocks).toMatch(heard);
    expect(JSON.parse(blocks.slice(blocks.indexOf("Raw result: ") + "Raw result: ".length))).toEqual(answered);
    expect(asked("elicitation/create")).toHaveLength(1);
    const [form] = asked("elicitation/create") as {
      message: string;
      requestedSchema: { properties: Record<string, unknown>; required: string[] };
    }[];
    expect(form?.message).toBe("everything asks: Please provide inputs for the following fields:");
    const { properties = {}, required } = form?.requestedSchema ?? {};
    expect([Object.keys(properties).length, required]).toEqual([13, ["name"]]);
    expect(properties["titledMultipleSelectEnum"]).toEqual({
      type: "array",
      title: "Titled Multiple Select Enum",
      description: "Choose your favorite types of fish",
      minItems: 1,
      maxItems: 3,
      items: {
        anyOf: [
          { const: "fish-1", title: "Tuna" },
          { const: "fish-2", title: "Salmon" },
          { const: "fish-3", title: "Trout" },
        ],
      },
      default: ["fish-1"],
    });
  });

  it("goes on when the user has been sent to a page", async () => {
    answer = () => ({ action: "accept" });
    const [outcome] = await contentOf('return await everything.trigger_url_elicitation({ url: "https://example.com/login" })');
    expect(outcome).toMatchObject(text(matching(/User completed the URL elicitation flow/)));
    expect(asked("elicitation/create")).toEqual([
      expect.objectContaining({
        mode: "url",
        url: "https://example.com/login",
        message: "everything asks you to open a page of example.com: Please open the link to complete this action.",
      }),
    ]);
  });

  it("goes on with what the caller's model has said", async () => {
    answer = () => said("forty-two");
    const [outcome] = await contentOf(
      'return (await everything.trigger_sampling_request({ prompt: "6 x 7", maxTokens: 9 })).toUpperCase()',
    );
    expect(outcome).toMatchObject(text(matching(/LLM SAMPLING RESULT: .*FORTY-TWO/s)));
    expect(asked("sampling/createMessage")).toEqual([
      expect.objectContaining({
        messages: [{ role: "user", content: { type: "text", text: "Resource trigger-sampling-request context: 6 x 7" } }],
        systemPrompt: 'This request comes from the MCP server "everything".\n\nYou are a helpful test server.',
        maxTokens: 9,
        temperature: 0.7,
      }),
    ]);
  });

  it("learns the caller's roots", async () => {
    const [outcome] = await contentOf("return await everything.get_roots_list()");
    expect(outcome).toMatchObject(text(matching(/^Current MCP Roots \(1 total\):\n\n1\. home\n {3}URI: file:\/\/\/home\/ann/)));
  });

  it.each(RETURNED)("gives its caller the blocks of %s", async (expression, content) => {
    expect(await contentOf(`return await everything.${expression}`)).toEqual(content);
  });

  it("gives its caller one block of several, or emits them", async () => {
    const image = "(await everything.get_tiny_image()).find(({ type }) => type === 'image')";
    expect(await contentOf(`return ${image}`)).toEqual([PNG]);
    expect(await contentOf(`codemode.emit(${image}); return { seen: true }`)).toEqual([text('{"seen":true}'), PNG]);
  });

  it("gives links that its caller can read", async () => {
    const [, link] = (await contentOf("return await everything.get_resource_links({ count: 1 })")) as { uri: string }[];
    const { contents } = await (caller.client as unknown as OffersClient).readResource({ uri: String(link?.uri) });
    expect(contents).toEqual([expect.objectContaining({ uri: link?.uri, mimeType: "text/plain", blob: matching(/^UmVzb3VyY2Ug/) })]);
  });

  it("tells of each step of a long call, and before the first that it runs, with more progress each time", async () => {
    const code = "return await everything.trigger_long_running_operation({ duration: 1, steps: 4 })";
    const points: { progress: number; message?: string | undefined }[] = [];
    const result = await caller.call("execute_code", { code }, { onprogress: (point) => points.push(point) });
    expect(result.content).toEqual([text("Long running operation completed. Duration: 1 seconds, Steps: 4.")]);
    const tool = "everything.trigger_long_running_operation";
    expect(points.map(({ message }) => message)).toEqual([
      "the program has started",
      ...[1, 2, 3, 4].map((step) => `${tool}: ${step} of 4`),
      `${tool} ok (1 call finished)`,
    ]);
    expect(points.map(({ progress }) => progress)).toEqual(points.map((_, at) => at + 1));
  });

  it("tells of its steps while it runs: a caller that has seen two need not wait for the rest", async () => {
    const code = "return await everything.trigger_long_running_operation({ duration: 5, steps: 25 })";
    const enough = Promise.withResolvers<void>();
    const cancel = new AbortController();
    const onprogress = ({ message }: { message?: string | undefined }) => {
      if (message?.endsWith(": 2 of 25") === true) enough.resolve();
    };
    const call = caller.call("execute_code", { code }, { signal: cancel.signal, onprogress });
    await enough.promise;
    cancel.abort();
    await expect(call).rejects.toThrow();
  });
});
