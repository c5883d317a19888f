import type { CallToolResult } from "@modelcontextprotocol/client";
import type { CatalogTool } from "../catalog/catalog.ts";
import type { Execution } from "../core/execution.ts";
import type { CallContext } from "../core/relay.ts";
import { Trace, traceMetaOf } from "../core/trace.ts";
import type { Span } from "../core/trace.ts";
import type { Approve } from "./approval.ts";
import { Ledger } from "./ledger.ts";
import type { CallUpstream } from "./tool-calls.ts";

export interface SingleCallDeps {
  readonly approve: Approve;
  readonly callUpstream: CallUpstream;
  readonly exportSpans?: (spans: readonly Span[]) => void;
  /** Told how it went, before the caller is. */
  readonly ended: (call: Pick<Execution, "ledger" | "durationMs">, failed: boolean) => Promise<void>;
}

/** One call without a program around it: allowed, made, recorded. Rejects with CodemodeError. */
export async function singleCall(
  { upstream, tool, namespace, identifier }: CatalogTool,
  args: Record<string, unknown>,
  context: CallContext,
  { approve, callUpstream, exportSpans, ended }: SingleCallDeps,
): Promise<CallToolResult> {
  const name = `${namespace}.${identifier}`;
  const startedAt = Date.now();
  const ledger = new Ledger(Date.now);
  const begun = ledger.begin(name);
  const trace = new Trace(traceMetaOf(context.meta), exportSpans !== undefined);
  const span = trace.begin(name);
  let failed = true;
  try {
    await approve({ key: upstream, tool, name, args, alone: true, noted: begun.asked }, context);
    const result = await callUpstream(upstream, tool, args, { ...context, meta: { ...span.meta } });
    failed = result.isError === true;
    return result;
  } finally {
    span.end(failed, { "gen_ai.tool.name": tool.name });
    exportSpans?.(trace.finish("tools/call", failed, {}));
    begun.end(failed ? (context.signal.aborted ? "cancelled" : "failed") : "ok");
    await ended({ ledger: ledger.records(), durationMs: Date.now() - startedAt }, failed);
  }
}
