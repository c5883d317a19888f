import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { CLI, ROOT, writeConfig } from "../support/proxy.ts";
import { compile, shapeOf } from "../unit/catalog/compile.ts";

const bin = (name: string) => join(ROOT, "node_modules/.bin", name);
const memory = { command: bin("mcp-server-memory"), env: { MEMORY_FILE_PATH: "/dev/null" } };
const dead = { command: process.execPath, args: ["-e", "process.exit(3)"] };

let folder: string | undefined;

afterEach(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true });
  folder = undefined;
});

/** `codemode-proxy types` to its end. */
async function types(mcpServers: object, args: readonly string[] = []): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const written = await writeConfig({ mcpServers });
  folder = written.folder;
  const child = spawn(process.execPath, [CLI, "types", "--config", written.file, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => void (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => void (stderr += chunk.toString()));
  return new Promise((resolve) => void child.once("close", (code) => resolve({ code, stdout, stderr })));
}

describe("codemode-proxy types", () => {
  it.each(["full", "brief", "signature", "name", "checked"])(
    "--level %s prints TypeScript that compiles and can be called",
    async (level) => {
      const { code, stdout } = await types({ "my-memory": memory }, ["--level", level]);
      expect(code).toBe(0);
      const call = 'my_memory.search_nodes({ query: "x" }).then((found: unknown) => found);';
      expect(compile({ "/api.d.ts": stdout, "/call.ts": call })).toEqual([]);
      const wrong = compile({ "/api.d.ts": stdout, "/call.ts": "my_memory.search_node({});" });
      expect(wrong.map(({ message }) => message)).toEqual([expect.stringContaining("'search_node' does not exist")]);
    },
  );

  it("prints everything that the upstreams say unless told otherwise", async () => {
    const { code, stdout } = await types({ memory });
    expect(code).toBe(0);
    expect(shapeOf(stdout)).toMatchObject({ syntaxErrors: [], members: expect.arrayContaining(["create_entities", "search_nodes"]) });
    expect(stdout).toContain("// The search query to match against entity names, types, and observation content");
  });

  it("--level description prints the description of the execute tool", async () => {
    const { code, stdout } = await types({ memory }, ["--level", "description"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Runs a TypeScript or JavaScript program /);
    expect(stdout).toContain("\n- memory: 9 tools");
    expect(stdout).toContain("\ndeclare const memory: {\n");
    expect(stdout.endsWith("\n")).toBe(true);
  });

  it("prints what there is, and says what is missing", async () => {
    const { code, stdout, stderr } = await types({ memory, dead }, ["--level", "name"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^declare const memory: .+\n$/);
    const ours = stderr.split("\n").filter((line) => line.startsWith("codemode-proxy: "));
    expect(ours).toEqual([
      expect.stringMatching(/^codemode-proxy: dead: .+/),
      "codemode-proxy: 1 upstream is missing in what was printed. Its reason is above.",
    ]);
  });

  it("prints nothing if there is nothing", async () => {
    expect(await types({})).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});
