import { describe, expect, it } from "vitest";
import type { AuditRecord } from "../../../src/core/audit.ts";
import { AUDIT_HEAD, auditLine } from "../../../src/local/audit-table.ts";

const RECORD: AuditRecord = {
  id: "1",
  at: Date.UTC(2026, 10, 26, 12, 30, 1),
  caller: "owner",
  client: "claude 1.2",
  tool: "execute_code",
  outcome: "returned",
  durationMs: 123,
  calls: [],
};

describe("the log as a table", () => {
  it("has one line for each record", () => {
    const calls: AuditRecord["calls"] = [
      { name: "a.get", outcome: "ok", durationMs: 1 },
      { name: "a.get", outcome: "ok", durationMs: 1 },
      { name: "a.put", outcome: "failed", durationMs: 1, approval: { answer: "no", at: 1, by: "owner" } },
    ];
    const lines = [RECORD, { ...RECORD, calls, callsLeftOut: 3, profile: "readonly", outcome: "limit" as const, detail: "callMs" }];
    expect([AUDIT_HEAD, ...lines.map((record) => auditLine(record))]).toEqual([
      "TIME                  CALLER      CLIENT                TOOL                      OUTCOME    MS        CALLS",
      "2026-11-26T12:30:01Z  owner       claude 1.2            execute_code              returned   123       -",
      "2026-11-26T12:30:01Z  owner       claude 1.2            execute_code (readonly)   limit callMs  123       a.get x2, a.put (failed, no by owner), and 3 more",
    ]);
  });

  it("is one printable line, whatever a client calls itself", () => {
    const line = auditLine({ ...RECORD, client: "x\n\u001b[31m\u202e", tool: "t\r\nTIME", caller: "\u0000" });
    // oxlint-disable-next-line no-control-regex
    expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  });
});
