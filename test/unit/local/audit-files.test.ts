import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { appendAudit, auditFiles, auditAnswer } from "../../../src/local/audit-files.ts";
import { stateFolder } from "../../../src/local/state-folder.ts";

const NOW = Date.UTC(2026, 10, 26, 12);
const LIMITS = { auditBytes: 8_000, auditMs: 315_360_000_000 };
let folder: string;
let state: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "codemode-test-"));
  state = join(folder, "state", "codemode-proxy");
});
afterEach(() => rm(folder, { recursive: true }));

const names = () => auditFiles(state).map((file) => basename(file));

describe("the audit's files", () => {
  it("get a line for each record, in a folder and files of this user alone", async () => {
    appendAudit(state, "one", LIMITS, NOW);
    appendAudit(state, "two", LIMITS, NOW);
    const file = join(state, "audit-2026-11-26.jsonl");
    expect(auditFiles(state)).toEqual([file]);
    expect(await readFile(file, "utf8")).toBe("one\ntwo\n");
    if (process.platform === "win32") return;
    expect([(await stat(state)).mode & 0o777, (await stat(file)).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  it("have auditBytes in all, a part at a time", () => {
    // A part is an eighth: 1,000 bytes stay one, a byte more does not.
    appendAudit(state, "x".repeat(999), LIMITS, NOW);
    expect(names()).toEqual(["audit-2026-11-26.jsonl"]);
    appendAudit(state, "", LIMITS, NOW + 1);
    expect(names()).toEqual([`audit-2026-11-26-${NOW + 1}.jsonl`]);
    for (let at = 2; at <= 8; at += 1) appendAudit(state, "x".repeat(1_000), LIMITS, NOW + at);
    // 8 parts of 1,001 bytes are 8 too many.
    expect(names()).toEqual([2, 3, 4, 5, 6, 7, 8].map((at) => `audit-2026-11-26-${NOW + at}.jsonl`));
    appendAudit(state, "small", LIMITS, NOW + 9);
    expect(names().at(-1)).toBe("audit-2026-11-26.jsonl");
  });

  it("go when all that is in them is older than auditMs", async () => {
    // Files have the time of the machine.
    const now = Date.now();
    const limits = { ...LIMITS, auditMs: 1_000_000 };
    appendAudit(state, "old", limits, now - 86_400_000);
    const [old = ""] = auditFiles(state);
    const written = (ms: number) => utimes(old, new Date(ms), new Date(ms));
    await written(now - limits.auditMs);
    appendAudit(state, "new", limits, now);
    expect(names()).toHaveLength(2);
    await written(now - limits.auditMs - 1);
    appendAudit(state, "new", limits, now);
    expect(names()).toEqual([`audit-${new Date(now).toISOString().slice(0, 10)}.jsonl`]);
  });

  it("leave others' files alone", async () => {
    appendAudit(state, "one", LIMITS, NOW);
    await writeFile(join(state, "audit-notes.txt"), "x".repeat(10_000));
    appendAudit(state, "two", LIMITS, NOW);
    expect(await readdir(state)).toEqual(["audit-2026-11-26.jsonl", "audit-notes.txt"]);
  });

  it("cost a warning where they cannot be written, and no more", async () => {
    await writeFile(join(folder, "state"), "a file in the way");
    const said: string[] = [];
    const answer = auditAnswer(state, LIMITS, (line) => said.push(line));
    expect(await answer("/audit", "POST", "{}")).toEqual({ status: 200, text: "" });
    expect(await answer("/audit", "POST", "{}")).toEqual({ status: 200, text: "" });
    expect([answer("/audit", "GET", ""), answer("/other", "POST", "{}")]).toEqual([undefined, undefined]);
    expect(said).toEqual([expect.stringMatching(/^the audit cannot be written to .* \((?:ENOTDIR|EEXIST)\)$/)]);
  });
});

it("the state folder is where the system has it", () => {
  expect(stateFolder({ XDG_STATE_HOME: "/x/state" }, "linux")).toBe("/x/state/codemode-proxy");
  expect(stateFolder({ XDG_STATE_HOME: "relative" }, "linux")).toMatch(/\.local.state.codemode-proxy$/);
  expect(stateFolder({}, "darwin")).toMatch(/\.local.state.codemode-proxy$/);
  expect(stateFolder({ LOCALAPPDATA: "/local" }, "win32")).toBe("/local/codemode-proxy");
});
