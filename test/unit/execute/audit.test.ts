import { describe, expect, it } from "vitest";
import type { CallRecord, Outcome } from "../../../src/core/execution.ts";
import { sha256 } from "../../../src/core/sha256.ts";
import { auditRecord } from "../../../src/execute/audit.ts";

const SUBJECT = { at: 5, caller: "ann", client: "claude 1.2", profile: undefined, tool: "execute_code", source: "return 1" };
const RETURNED: Outcome = { kind: "returned", text: "s3cr3t" };

const recordOf = (
  execution: { outcome?: Outcome; ledger?: CallRecord[] } = {},
  { programs = false, auditChars = 1_000, subject = {} }: { programs?: boolean; auditChars?: number; subject?: object } = {},
) =>
  auditRecord(
    { outcome: RETURNED, ledger: [], durationMs: 7, ...execution },
    { ...SUBJECT, ...subject },
    { programs, limits: { auditChars } },
  );

describe("the record of an execution", () => {
  it("has who, what and how, and neither the program nor what it returned", async () => {
    const record = await recordOf();
    expect(record).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      at: 5,
      caller: "ann",
      client: "claude 1.2",
      tool: "execute_code",
      program: { sha256: await sha256("return 1"), chars: 8 },
      outcome: "returned",
      durationMs: 7,
      calls: [],
    });
    expect(JSON.stringify(record)).not.toContain("s3cr3t");
  });

  it("has the program's text if it is to be kept, auditChars of it", async () => {
    const text = async (chars: number) => (await recordOf({}, { programs: true, auditChars: chars })).program?.text;
    expect(await text(8)).toBe("return 1");
    expect(await text(7)).toBe("return ");
    expect((await recordOf({}, { programs: true, auditChars: 1, subject: { source: "🎉" } })).program).toMatchObject({
      chars: 2,
      text: "\ufffd",
    });
  });

  it("has as many calls as fit into auditChars, and the number of the others", async () => {
    const ledger = [1, 2, 3].map((n): CallRecord => ({ name: `a.b${n}`, outcome: "ok", durationMs: n }));
    const { length } = JSON.stringify(ledger[0]);
    const whole = await recordOf({ ledger }, { auditChars: 3 * length });
    expect([whole.calls, whole.callsLeftOut]).toEqual([ledger, undefined]);
    const less = await recordOf({ ledger }, { auditChars: 3 * length - 1 });
    expect([less.calls, less.callsLeftOut]).toEqual([ledger.slice(0, 2), 1]);
  });

  it("has who allowed or refused a call, and when", async () => {
    const ledger: CallRecord[] = [{ name: "a.b", outcome: "failed", durationMs: 1, approval: { answer: "no", at: 6 } }];
    expect((await recordOf({ ledger })).calls).toEqual([{ ...ledger[0], approval: { answer: "no", at: 6, by: "ann" } }]);
  });

  it.each<[Outcome, string | undefined]>([
    [{ kind: "cancelled" }, undefined],
    [{ kind: "limit", limit: "callMs", value: 1, message: "m" }, "callMs"],
    [{ kind: "fault", id: "f00" }, "f00"],
  ])("says how it ended: %j", async (outcome, detail) => {
    expect(await recordOf({ outcome })).toMatchObject({ outcome: outcome.kind, ...(detail !== undefined && { detail }) });
  });

  it("has no more of a client's name than anybody needs", async () => {
    expect((await recordOf({}, { subject: { client: "x".repeat(5_000) } })).client).toHaveLength(200);
  });
});
