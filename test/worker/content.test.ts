import { describe, expect, it } from "vitest";
import { present } from "../../src/mcp/present.ts";
import { keptInMemory } from "../support/kept-results.ts";
import { returned, runProgram } from "../support/run-program.ts";
import type { RunOptions } from "../support/run-program.ts";

const text = { type: "text", text: "before", annotations: { audience: ["user"], priority: 0.5 } };
const image = {
  type: "image",
  data: "aGk=",
  mimeType: "image/png",
  annotations: { lastModified: "2026-01-01T00:00:00Z" },
  _meta: { "a/b": 1 },
};
const audio = { type: "audio", data: "aGk=", mimeType: "audio/wav" };
const link = { type: "resource_link", uri: "file:///a", name: "a", size: 3, icons: [{ src: "data:," }] };
const embedded = { type: "resource", resource: { uri: "file:///b", mimeType: "text/plain", text: "b", _meta: { x: 1 } } };
const blob = { type: "resource", resource: { uri: "file:///c", blob: "aGk=" } };
const script = {
  picture: () => ({ content: [text, image] }),
  all: () => ({ content: [text, image, audio, link, embedded, blob] }),
};

async function content(source: string, options: RunOptions = { script }): Promise<unknown[]> {
  return present(await runProgram(source, options), source).content;
}

describe("content of a tool", () => {
  it("arrives in the program as typed values, and the text beside an image is at hand", async () => {
    const source =
      "const [words, picture] = await peer.picture(); return [words.text, picture.type, picture.data, picture.mimeType, picture.annotations]";
    expect(JSON.parse(await returned(source, { script }))).toEqual(["before", "image", "aGk=", "image/png", image.annotations]);
  });

  it("that is returned as it came reaches the caller as the same blocks in the same order", async () => {
    expect(await content("return await peer.all()")).toEqual([text, image, audio, link, embedded, blob]);
  });

  it("is one block when one is returned", async () => {
    expect(await content("return (await peer.picture())[1]")).toEqual([image]);
  });

  it("stands beside texts in an array as blocks in order", async () => {
    const source = "const [, picture] = await peer.picture(); return ['Before:', picture, 'After:', picture]";
    expect(await content(source)).toEqual([{ type: "text", text: "Before:" }, image, { type: "text", text: "After:" }, image]);
  });

  it("inside other values leaves a line in the JSON and follows it in order", async () => {
    const source = `
      const [, picture, sound, link, embedded] = await peer.all();
      return { title: "Report", pages: [{ shot: picture }, { shot: picture, sound }], more: new Map([["link", link]]), embedded };`;
    const [json, ...blocks] = await content(source);
    expect(json).toEqual({
      type: "text",
      text: JSON.stringify({
        title: "Report",
        pages: [
          { shot: "[image 1: image/png, 3 bytes]" },
          { shot: "[image 2: image/png, 3 bytes]", sound: "[audio 1: audio/wav, 3 bytes]" },
        ],
        more: { "[Map]": [["link", "[resource link 1: a]"]] },
        embedded: "[resource 1: file:///b, 1 bytes]",
      }),
    });
    expect(blocks).toEqual([image, image, audio, link, embedded]);
  });

  it("with something of the program's own keeps that in the JSON", async () => {
    const [json, ...blocks] = await content("return (await peer.picture()).map((block) => ({ ...block, page: 1 }))");
    expect(json).toEqual({
      type: "text",
      text: JSON.stringify([
        { ...text, page: 1 },
        { block: "[image 1: image/png, 3 bytes]", page: 1 },
      ]),
    });
    expect(blocks).toEqual([image]);
  });

  it("read as a resource with binary data is a block, too", async () => {
    expect(await content("return { contents: [{ uri: 'file:///c', blob: 'aGk=' }] }")).toEqual([
      { type: "text", text: '{"contents":["[resource 1: file:///c, 3 bytes]"]}' },
      blob,
    ]);
  });

  it("is one line on the console, never base64", async () => {
    const { console } = await runProgram("console.log('got', (await peer.picture())[1])", { script });
    expect(console.lines).toEqual([{ level: "log", text: "got [image: image/png, 3 bytes]" }]);
  });

  it("keeps a text alone the text that it is", async () => {
    expect(await content("return [{ type: 'text', text: 'a' }, { type: 'text', text: 'b' }]")).toEqual([
      { type: "text", text: "a" },
      { type: "text", text: "b" },
    ]);
    expect(await content("return ['a', 'b']")).toEqual([{ type: "text", text: '["a","b"]' }]);
    expect(await content("return [{ type: 'text', text: 'a', id: 1 }]")).toEqual([
      { type: "text", text: '[{"type":"text","text":"a","id":1}]' },
    ]);
  });

  it("drops keys of _meta that MCP reserves, and optional members that clients would refuse", async () => {
    const source = `return [{ type: "image", data: "aGk=", mimeType: "image/png", _meta: { "io.modelcontextprotocol/x": 1, "tools.mcp.com/x": 1, mine: 1 },
      annotations: { priority: 7, audience: ["user"], lastModified: "yesterday" } }]`;
    expect(await content(source)).toEqual([
      { type: "image", data: "aGk=", mimeType: "image/png", _meta: { mine: 1 }, annotations: { audience: ["user"] } },
    ]);
  });
});

describe("codemode.emit", () => {
  it("gives blocks and texts to the caller in order, behind the value and before the console", async () => {
    const source = `
      const [, picture] = await peer.picture();
      console.log("line");
      codemode.emit("one");
      codemode.emit(picture);
      codemode.emit(["two", picture]);
      return "value";`;
    const say = (words: string) => ({ type: "text", text: words });
    expect(await content(source)).toEqual([say("value"), say("one"), image, say("two"), image, say("Console:\nline")]);
  });

  it("is enough: without a value nothing is said of it", async () => {
    expect(await content("codemode.emit((await peer.picture())[1])")).toEqual([image]);
  });

  it("is kept when the program fails afterwards", async () => {
    const execution = await runProgram("codemode.emit((await peer.picture())[1]); throw new Error('late')", { script });
    expect(present(execution, "").content.slice(1, 2)).toEqual([image]);
  });

  it("is kept when the program never ends", async () => {
    const source = "codemode.emit('here'); await new Promise((r) => setTimeout(r, 60_000))";
    const { emitted } = await runProgram(source, { limits: { executionMs: 300 } });
    expect(emitted).toEqual({ blocks: [{ type: "text", text: "here" }], dropped: 0 });
  });

  it.each([
    ["nothing", ""],
    ["a number", "1"],
    ["an object that is no block", "{ type: 'image', data: new Uint8Array(3), mimeType: 'image/png' }"],
    ["an array with something else in it", "['a', 1]"],
    ["a promise", "Promise.resolve('a')"],
  ])("refuses %s, and says what it takes", async (_what, argument) => {
    const source = `try { codemode.emit(${argument}); return "taken" } catch (e) { return e.name + " " + e.message }`;
    const execution = await runProgram(source);
    expect(execution.outcome).toMatchObject({
      text: expect.stringMatching(/^TypeError codemode\.emit\(content\): content is a text, a content block/) as string,
    });
    expect(execution.emitted).toEqual({ blocks: [], dropped: 0 });
  });
});

describe("limits of content", () => {
  const one = { type: "image", data: "aGk=", mimeType: "image/png" };
  const bytes = JSON.stringify({ ...one, data: true }).length + one.data.length;
  const both = (count: number) =>
    `const one = ${JSON.stringify(one)}; for (let i = 0; i < ${count}; i++) codemode.emit(one); return { all: Array(${count}).fill(one) }`;

  it.each([
    ["blocks", { blocks: 4 }],
    ["blockBytes", { blockBytes: 4 * bytes }],
  ])("%s: at the limit all pass, one beyond it what is too much is left out and counted", async (_name, limits) => {
    expect(await content(both(2), { limits })).toEqual([
      { type: "text", text: '{"all":["[image 1: image/png, 3 bytes]","[image 2: image/png, 3 bytes]"]}' },
      one,
      one,
      one,
      one,
    ]);
    const beyond = await content(both(3), { limits });
    expect(beyond[0]).toEqual({
      type: "text",
      text: '{"all":["[image 1: image/png, 3 bytes]","[image left out: image/png, 3 bytes]","[image left out: image/png, 3 bytes]"]}',
    });
    expect(beyond[1]).toEqual(one);
    expect(beyond[2]).toMatchObject({ text: expect.stringMatching(/^Content blocks left out: 2, .*codemode\.result\("r/) as string });
    expect(beyond.slice(3)).toEqual([one, one, one]);
  });

  it("emitted blocks beyond the limit are counted, and two million of them lose nothing", async () => {
    const execution = await runProgram("for (let i = 0; i < 2_000_000; i++) codemode.emit('x'); return 'done'", { limits: { blocks: 3 } });
    expect(execution.outcome).toEqual({ kind: "returned", text: "done" });
    expect(execution.emitted).toEqual({ blocks: Array.from({ length: 3 }, () => ({ type: "text", text: "x" })), dropped: 1_999_997 });
    expect(present(execution, "").content.at(-1)).toEqual({
      type: "text",
      text: "Emitted content left out: 1999997 blocks, beyond blocks, blockBytes or resultChars, or not valid.",
    });
  });

  it("resultChars: texts of blocks are shortened beyond it, emitted and returned ones each by themselves", async () => {
    const limits = { resultChars: 200 };
    const at = await content("codemode.emit('e'.repeat(200)); return [{ type: 'text', text: 'r'.repeat(200) }]", { limits });
    expect(at).toEqual([
      { type: "text", text: "r".repeat(200) },
      { type: "text", text: "e".repeat(200) },
    ]);
    const beyond = (await content("codemode.emit('e'.repeat(201)); return [{ type: 'text', text: 'r'.repeat(201) }]", { limits })) as {
      text: string;
    }[];
    expect(beyond.map((block) => block.text)).toEqual([
      expect.stringMatching(/^r+\n… \[\d+ of 201 characters left out\] …\nr+$/),
      expect.stringMatching(
        /^Shortened: the whole result has 201 characters, and resultChars = 200\. For 30 minutes a program gets the whole value by await codemode\.result\("r[0-9a-f]{8}"\)\.$/,
      ),
      expect.stringMatching(/^e+\n… \[\d+ of 201 characters left out\] …\ne+$/),
    ]);
  });

  it("resultChars: texts inside embedded resources count, too", async () => {
    const source = "return { found: { type: 'resource', resource: { uri: 'file:///b', text: 'x'.repeat(500) } } }";
    const [, block, notice] = (await content(source, { limits: { resultChars: 200 } })) as [
      unknown,
      { resource: { text: string } },
      { text: string },
    ];
    expect(notice.text).toMatch(/^Shortened: /);
    expect(block.resource.text.length).toBeLessThanOrEqual(200);
  });
});

describe("codemode.result", () => {
  const limits = { resultChars: 200 };
  const idIn = (notice: unknown): string => /codemode\.result\("(\w+)"\)/.exec((notice as { text: string }).text)?.[1] ?? "";
  /** The id under which the value of a program is kept, and where. */
  async function keep(source: string, options: RunOptions = {}) {
    const results = options.results ?? keptInMemory(options.limits);
    const notice = (await content(source, { script, limits, results, ...options })).at(-1);
    return { id: idIn(notice), results, notice: (notice as { text: string }).text };
  }

  it.each([
    ["a list", "return Array.from({ length: 1_000 }, (_, id) => ({ id }))", "return [r.length, r[999]]", '[1000,{"id":999}]'],
    ["a text, half characters included", "return 'é\\ud800'.repeat(500)", "return [r.length, r.slice(0, 2) === 'é\\ud800']", "[1000,true]"],
    ["a text that is JSON, as the text", "return JSON.stringify(Array(500).fill(1))", "return [typeof r, r.length]", '["string",1001]'],
    [
      "content among a value",
      "return { picture: (await peer.picture())[1], rest: 'x'.repeat(500) }",
      "return [r.picture.data, r.rest.length]",
      '["aGk=",500]',
    ],
  ])("gives %s whole to a later program", async (_what, source, use, expected) => {
    const { id, results } = await keep(source);
    expect(await returned(`const r = await codemode.result(${JSON.stringify(id)}); ${use}`, { results })).toBe(expected);
  });

  it("says for an unknown id which ones there are", async () => {
    const { id, results } = await keep("return 'x'.repeat(500)");
    const ask = (argument: string) =>
      returned(`try { return await codemode.result(${argument}) } catch (e) { return e.code + ": " + e.message }`, { results });
    const expected = `tool_arguments: codemode.result(id): there is no result of that id. A result that was shortened is kept for 30 minutes, the newest 20. Kept now: ${id}.`;
    expect(await ask("'nothing'")).toBe(expected);
    expect(await ask("")).toBe(expected);
  });

  it("a short result is not kept", async () => {
    expect(await content("return 'x'.repeat(200)", { limits })).toHaveLength(1);
  });

  it("resultBytes: at the limit it is kept, one beyond it is not, and the caller is told", async () => {
    const at = { ...limits, resultBytes: 502 };
    expect((await keep("return 'x'.repeat(500)", { limits: at })).id).not.toBe("");
    expect((await keep("return 'x'.repeat(501)", { limits: at })).notice).toMatch(
      /It is larger than resultBytes = 502 and was not kept: return less, or a part\.$/,
    );
    expect((await keep("return 'x'.repeat(499) + 'é'", { limits: at })).notice).toMatch(/was not kept/);
  });

  it("keptResults: the oldest makes room", async () => {
    const results = keptInMemory({ ...limits, keptResults: 2 });
    const [first, second, third] = [
      await keep("return '1'.repeat(500)", { results }),
      await keep("return '2'.repeat(500)", { results }),
      await keep("return '3'.repeat(500)", { results }),
    ];
    const has = ({ id }: { id: string }) => returned(`return (await codemode.result("${id}").catch(() => "gone"))[0]`, { results });
    expect([await has(first), await has(second), await has(third)]).toEqual(["g", "2", "3"]);
  });

  it("keptBytes: the oldest make room", async () => {
    const results = keptInMemory({ ...limits, keptBytes: 1_004 });
    const [first, second] = [await keep("return '1'.repeat(500)", { results }), await keep("return '2'.repeat(500)", { results })];
    const has = ({ id }: { id: string }) => returned(`return (await codemode.result("${id}").catch(() => "gone"))[0]`, { results });
    expect([await has(first), await has(second)]).toEqual(["1", "2"]);
    await keep("return '3'.repeat(501)", { results });
    expect([await has(first), await has(second)]).toEqual(["g", "g"]);
  });

  it("keptMs: at the time it is there, one beyond it is gone", async () => {
    let now = 0;
    const results = keptInMemory({ ...limits, keptMs: 1_000 }, () => now);
    const { id } = await keep("return '1'.repeat(500)", { results });
    const has = () => returned(`return (await codemode.result("${id}").catch(() => "gone"))[0]`, { results });
    now = 1_000;
    expect(await has()).toBe("1");
    now = 1_001;
    expect(await has()).toBe("g");
  });
});

it("a value that is shortened is valid JSON with what is left out counted", async () => {
  const [json] = (await content("return { rows: Array.from({ length: 5_000 }, (_, id) => ({ id, name: 'row ' + id })) }", {})) as {
    text: string;
  }[];
  const { rows } = JSON.parse(json?.text ?? "") as { rows: unknown[] };
  const note = /^… ([\d,]+) more items$/.exec(String(rows.at(-1)))?.[1] ?? "";
  expect(json?.text.length).toBeLessThanOrEqual(40_000);
  expect(rows.length - 1 + Number(note.replace(",", ""))).toBe(5_000);
  expect(rows[0]).toEqual({ id: 0, name: "row 0" });
});
