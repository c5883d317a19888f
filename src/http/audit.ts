import type { Context } from "hono";
import type { NumberedRecord } from "../core/audit.ts";
import { jsonRpcError } from "./respond.ts";

interface Audited {
  audit(count: number, after?: number): Promise<readonly NumberedRecord[]>;
}

const COUNT = { default: 100, max: 1_000 } as const;

/** What has been done for the caller itself: one JSON object a line, the last `?count=` of them, or the first behind the number `?after=`. */
export async function answerAudit(c: Context, workspace: Audited): Promise<Response> {
  const count = wholeNumber(c.req.query("count"), COUNT.default);
  const after = wholeNumber(c.req.query("after"), undefined);
  if (count === "wrong" || after === "wrong" || count === undefined || count < 1 || count > COUNT.max)
    return jsonRpcError(c, 400, `/audit takes ?count=, a whole number from 1 to ${COUNT.max}, and ?after=, the number of a record.`);
  const records = await workspace.audit(count, after);
  const lines = records.map(({ seq, record }) => `${JSON.stringify({ seq, ...record })}\n`);
  return c.body(lines.join(""), 200, { "content-type": "application/x-ndjson", "cache-control": "no-store" });
}

function wholeNumber<Absent>(text: string | undefined, absent: Absent): number | Absent | "wrong" {
  if (text === undefined) return absent;
  return /^\d{1,15}$/.test(text) ? Number(text) : "wrong";
}
