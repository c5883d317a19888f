import { describe, expect, it } from "vitest";
import { present } from "../../src/mcp/present.ts";
import { fixtureAnswers } from "../corpus/api-answers.ts";
import { FIXTURE_OFFERS } from "../corpus/api-offers.ts";
import { FIXTURE_TOOLS } from "../corpus/api-tools.ts";
import { readLabelled } from "../corpus/labelled.ts";
import { runProgram } from "../support/run-program.ts";

declare global {
  interface ImportMeta {
    /** Vite's: the texts of the files that the pattern fits, by path. */
    glob(pattern: string, options: { query: "?raw"; import: "default"; eager: true }): Record<string, string>;
  }
}

const files = import.meta.glob("../programs/**/*", { query: "?raw", import: "default", eager: true });

/** The programs of one folder, by the name of the file. */
function programsIn(folder: string) {
  const inFolder = Object.entries(files).flatMap(([path, text]) => {
    const [, name] = path.split(`/programs/${folder}/`);
    return name === undefined ? [] : [{ name, ...readLabelled(path, text) }];
  });
  return inFolder.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** All that the caller reads, with durations that are the same every time, and how many calls reached the upstreams. */
async function run(program: string): Promise<{ kind: string; text: string; calls: number }> {
  const execution = await runProgram(program, {
    upstreams: FIXTURE_TOOLS,
    script: fixtureAnswers(),
    offers: FIXTURE_OFFERS,
    checking: "error",
  });
  const blocks = present(execution, program).content.map((block) => (block.type === "text" ? block.text : block.type));
  return { kind: execution.outcome.kind, text: blocks.join("\n\n").replaceAll(/\(\d+ ms\)/g, "(N ms)"), calls: execution.calls.length };
}

/** What a refusal says at one place. */
function problemsIn(text: string, place: string): string[] {
  return text.split("\n").flatMap((line) => (line.startsWith(`program.js:${place} `) ? [line.slice(`program.js:${place} `.length)] : []));
}

/** The text of a label, in which a line `…` stands for any lines. */
function expectedText(label: ReturnType<typeof readLabelled>["label"]): unknown {
  if (label.kind === "refused" || !label.text.includes("\n…\n")) return "text" in label ? label.text : "";
  const parts = label.text.split("\n…\n").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return expect.stringMatching(new RegExp(`^${parts.join("\n[^]*\n")}$`));
}

describe("a correct program runs, and none is refused", () => {
  const programs = programsIn("correct");

  it.each(programs)("$name", async ({ program, label }) => {
    const { kind, text } = await run(program);
    expect({ kind: kind === "returned" ? "returns" : kind, text }).toEqual(label);
  });

  it("there are at least 120 of them, a quarter of them with types", () => {
    expect(programs.length).toBeGreaterThanOrEqual(120);
    expect(programs.filter(({ name }) => name.endsWith(".ts")).length).toBeGreaterThanOrEqual(30);
  });
});

describe("a wrong program is refused before its first call", () => {
  const programs = programsIn("wrong");
  const refused = programs.flatMap(({ label, ...rest }) => (label.kind === "refused" ? [{ ...rest, label }] : []));
  const missed = programs.flatMap(({ label, ...rest }) => (label.kind === "missed" ? [{ ...rest, label }] : []));

  it.each(refused)("$name", async ({ program, label }) => {
    const { kind, text, calls } = await run(program);
    expect({ kind, calls }).toEqual({ kind: "refused", calls: 0 });
    expect(problemsIn(text, label.place)).toContainEqual(expect.stringMatching(label.message));
    expect(text.length).toBeLessThan(1_200);
  });

  // One that is refused after all has to be labelled anew.
  it.each(missed)("$name is not, which is known", async ({ program, label }) => {
    const { kind, text } = await run(program);
    expect(kind).not.toBe("refused");
    expect(text).toBe(label.text);
  });

  it(`${refused.length} of ${programs.length} are, and 92 % have to be`, () => {
    expect(programs.length).toBeGreaterThanOrEqual(80);
    expect(refused.length + missed.length).toBe(programs.length);
    expect(refused.length / programs.length).toBeGreaterThanOrEqual(0.92);
  });
});

describe("a program that fails at run time is told where and why", () => {
  const programs = programsIn("failing");

  it.each(programs)("$name", async ({ program, label }) => {
    const { kind, text } = await run(program);
    expect({ kind: kind === "threw" ? "throws" : kind, text }).toEqual({ ...label, text: expectedText(label) });
    expect(text.length).toBeLessThan(1_200);
  });

  it("there are at least 50 of them, and 250 programs in all", () => {
    expect(programs.length).toBeGreaterThanOrEqual(50);
    expect(Object.keys(files).length).toBeGreaterThanOrEqual(250);
  });
});
