import { exceedsBytes } from "../core/bytes.ts";
import { CodemodeError, messageOf } from "../core/errors.ts";
import type { Execution, Outcome } from "../core/execution.ts";
import type { Limits } from "../core/limits.ts";
import type { CallContext } from "../core/relay.ts";
import { Trace, traceMetaOf } from "../core/trace.ts";
import type { Span } from "../core/trace.ts";
import type { PrepareResult } from "../program/prepare.ts";
import type { Executor, RawThrown, SandboxOutcome } from "../sandbox/executor.ts";
import { BlockCollector } from "./blocks.ts";
import { Bridge } from "./bridge.ts";
import type { BridgeDeps } from "./bridge.ts";
import { callRelay } from "./call-relay.ts";
import { ConsoleCollector } from "./console.ts";
import { Deadline } from "../core/deadline.ts";
import { hintFor } from "./hints.ts";
import { judge } from "./judge.ts";
import type { JudgeDeps, Verdict } from "./judge.ts";
import { Ledger } from "./ledger.ts";
import { Reports } from "./reports.ts";
import { ResultShapes } from "./result-shapes.ts";
import { readReturned } from "./returned.ts";
import { readThrown } from "./thrown.ts";

export interface ExecuteDeps
  extends
    JudgeDeps,
    Pick<BridgeDeps, "catalog" | "callUpstream" | "rereadUpstream" | "learning" | "approve" | "signIn" | "offered" | "results" | "limits"> {
  readonly prepare: (source: string) => Promise<PrepareResult>;
  readonly executor: Executor;
  /** Absent where nobody wants them. */
  readonly exportSpans?: (spans: readonly Span[]) => void;
  /** The whole story of a fault, under the id that the caller gets. */
  readonly log: (line: string) => void;
}

type Prepared = Extract<PrepareResult, { ok: true }>;

/**
 * Runs one program: prepared by the Checker, run in a fresh sandbox, its calls forwarded and recorded.
 * Never rejects: every end is an outcome. The signal is the caller's; the deadline (`executionMs`) is kept here, on the host.
 */
export async function execute(source: string, deps: ExecuteDeps, { signal, relay, client, meta }: CallContext): Promise<Execution> {
  const startedAt = Date.now();
  const ledger = new Ledger(Date.now);
  const collector = new ConsoleCollector(deps.limits);
  const blocks = new BlockCollector(deps.limits);
  const ended = new AbortController();
  const deadline = new Deadline(deps.limits.executionMs);
  const stop = AbortSignal.any([signal, deadline.passed]);
  const shapes = new ResultShapes();
  const reports = new Reports(relay);
  const trace = new Trace(traceMetaOf(meta), deps.exportSpans !== undefined);
  const relayOf = (name: string) => callRelay(name, relay, reports, deadline);
  const ends = AbortSignal.any([stop, ended.signal]);
  const allowed = Promise.withResolvers<void>();
  const refused = new AbortController();
  const bridge = new Bridge({
    ...deps,
    ledger,
    console: collector,
    blocks,
    shapes,
    reports,
    relayOf,
    trace,
    allowed: allowed.promise,
    signal: ends,
  });
  let dropped = { droppedLines: 0, droppedBlocks: 0 };
  let outcome: Outcome;
  let verdict: Verdict | undefined;
  try {
    const prepared = await prepare(source, deps);
    if ("kind" in prepared) {
      outcome = prepared;
    } else {
      // Neither the time in a queue nor that of the judging is the program's.
      deadline.pause();
      const judged = judge(source, deps).then((given) => {
        verdict = given;
        deadline.resume();
        if (given.refused === undefined) allowed.resolve();
        else refused.abort();
      });
      const onStart = () => {
        deadline.start();
        reports.started();
      };
      const end = await deps.executor.run(jobOf(prepared, deps), bridge, AbortSignal.any([stop, refused.signal]), onStart);
      if (!stop.aborted) await judged;
      if (end.kind === "returned" || end.kind === "threw") dropped = end;
      outcome = verdict?.refused ?? outcomeOf(end, prepared, { ...deps, blocks, shapes }, signal);
    }
  } catch (error) {
    outcome = faultOf(messageOf(error), deps);
  } finally {
    deadline.end();
    ended.abort();
  }
  const attributes = { "codemode.outcome": outcome.kind, ...(client !== undefined && { "codemode.client": client }) };
  deps.exportSpans?.(trace.finish("execute_code", outcome.kind !== "returned", attributes));
  return {
    outcome,
    console: collector.output(dropped.droppedLines),
    emitted: blocks.emitted(dropped.droppedBlocks),
    ...withNotes(verdict?.notes, verdict?.silent === true && outcome.kind === "returned"),
    ledger: ledger.records(),
    durationMs: Date.now() - startedAt,
  };
}

const NOTHING_RETURNED = "The program returned nothing. To see a value, write `return value`.";

function withNotes(notes: readonly string[] | undefined, silent: boolean): Pick<Execution, "notes"> {
  const all = [...(notes ?? []), ...(silent ? [NOTHING_RETURNED] : [])];
  return all.length === 0 ? {} : { notes: all };
}

async function prepare(source: string, deps: ExecuteDeps): Promise<Prepared | Outcome> {
  const { programBytes } = deps.limits;
  if (exceedsBytes(source, programBytes)) {
    const message = `The program is larger than programBytes = ${programBytes} bytes. Send less data in it, or raise limits.programBytes.`;
    return { kind: "limit", limit: "programBytes", value: programBytes, message };
  }
  const prepared = await deps.prepare(source);
  return prepared.ok ? prepared : { kind: "refused", problems: prepared.diagnostics };
}

function jobOf(prepared: Prepared, { catalog, limits }: ExecuteDeps) {
  const namespaces = Object.fromEntries(catalog().namespaces.map(({ name, tools }) => [name, tools.map(({ identifier }) => identifier)]));
  return { module: prepared.module, namespaces, limits };
}

interface OutcomeDeps extends ExecuteDeps {
  readonly blocks: BlockCollector;
  readonly shapes: ResultShapes;
}

function outcomeOf(end: SandboxOutcome, prepared: Prepared, deps: OutcomeDeps, signal: AbortSignal): Outcome {
  switch (end.kind) {
    case "returned": {
      const returned = readReturned(end.result, deps.blocks, deps);
      return end.unawaited === undefined ? returned : { ...threw(end.unawaited, prepared, deps), returned };
    }
    case "threw":
      return threw(end.error, prepared, deps);
    case "stopped":
      return signal.aborted ? abortedBy(signal.reason, deps.limits) : limitOf("executionMs", deps.limits);
    case "killed":
      return limitOf(end.limit, deps.limits);
    case "busy":
      return limitOf("executionsQueued", deps.limits);
    case "ended":
      return { ...faultOf(end.message, deps), sandboxEnded: true };
    case "broken":
      return faultOf(end.message, deps);
  }
}

/** A question that nobody answered ends the execution as a cancellation does, and with a reason. */
function abortedBy(reason: unknown, limits: Limits): Outcome {
  return reason instanceof CodemodeError && reason.code === "limit" ? limitOf("parkMs", limits) : { kind: "cancelled" };
}

const LIMIT_TEXTS = {
  executionMs: (value: number) => `The program was stopped after executionMs = ${value} ms. Do less in one program`,
  cpuMs: (value: number) =>
    `The program was killed: it computed for more than cpuMs = ${value} ms without a pause. Look for an endless loop`,
  memoryBytes: (value: number) => `The program was killed: it took more memory than memoryBytes = ${value} bytes. Keep less data at once`,
  parkMs: (value: number) => `The program was stopped: a question to the user was not answered within parkMs = ${value} ms. Answer sooner`,
  executionsQueued: (value: number) =>
    `The proxy is busy: executionsQueued = ${value} programs wait already. The program was not run; try again in a while`,
} as const;

/** `limit` ended the program, or kept it from running. */
function limitOf(limit: keyof typeof LIMIT_TEXTS, limits: Limits): Outcome {
  const value = limits[limit];
  return { kind: "limit", limit, value, message: `${LIMIT_TEXTS[limit](value)}, or raise limits.${limit} in the configuration.` };
}

function faultOf(message: string, { log }: ExecuteDeps): Extract<Outcome, { kind: "fault" }> {
  const id = crypto.randomUUID().slice(0, 8);
  log(`fault ${id}: ${message}`);
  return { kind: "fault", id };
}

function threw(raw: RawThrown, { inserts }: Prepared, { limits, catalog, shapes }: OutcomeDeps) {
  const error = readThrown(raw, inserts, limits);
  const hint = hintFor(error, catalog(), shapes);
  return { kind: "threw" as const, error: { ...error, ...(hint !== undefined && { hint }) } };
}
