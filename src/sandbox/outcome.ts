import type { PackedBlock, RawResult, RawThrown, SandboxOutcome } from "./executor.ts";

const UNREADABLE: SandboxOutcome = { kind: "broken", message: "the sandbox ended without a readable outcome" };

/** What the harness says. It shares its isolate with the program, so it is checked like any other input, and may claim no more than two things. */
export function readHarnessOutcome(said: unknown): SandboxOutcome {
  return readAndDispose(said, harnessOutcome);
}

/** What a sandbox process says: the harness's word, or its own about the harness. */
export function readHostOutcome(said: unknown): SandboxOutcome {
  return readAndDispose(said, hostOutcome);
}

/** What RPC gives holds on to the other side until it is disposed of; otherwise that is left to the next collection of garbage. */
function readAndDispose(said: unknown, read: (said: unknown) => SandboxOutcome): SandboxOutcome {
  try {
    return read(said);
  } finally {
    (said as Partial<Disposable> | null | undefined)?.[Symbol.dispose]?.();
  }
}

function harnessOutcome(said: unknown): SandboxOutcome {
  if (!isRecord(said)) return UNREADABLE;
  const dropped = { droppedLines: countOf(said["droppedLines"]), droppedBlocks: countOf(said["droppedBlocks"]) };
  const result = resultOf(said["result"]);
  const unawaited = thrownOf(said["unawaited"]);
  if (said["kind"] === "returned" && result !== undefined) return { kind: "returned", result, ...(unawaited && { unawaited }), ...dropped };
  const error = thrownOf(said["error"]);
  if (said["kind"] === "threw" && error !== undefined) return { kind: "threw", error, ...dropped };
  return UNREADABLE;
}

function hostOutcome(said: unknown): SandboxOutcome {
  if (!isRecord(said)) return UNREADABLE;
  const { kind, limit, message } = said;
  if (kind === "killed" && (limit === "cpuMs" || limit === "memoryBytes")) return { kind, limit };
  if (kind === "stopped" || kind === "busy") return { kind };
  if (kind === "broken" && typeof message === "string") return { kind, message };
  return harnessOutcome(said);
}

function countOf(said: unknown): number {
  return typeof said === "number" && Number.isSafeInteger(said) && said > 0 ? said : 0;
}

/** A copy, as `thrownOf` makes one. */
function resultOf(result: unknown): RawResult | undefined {
  if (!isRecord(result) || typeof result["text"] !== "string" || !Array.isArray(result["blocks"])) return undefined;
  const { text, chars, leftOut, whole } = result;
  const blocks = result["blocks"].map(packedOf);
  if (!blocks.every((block) => block !== undefined)) return undefined;
  return {
    text,
    blocks,
    leftOut: countOf(leftOut),
    ...(typeof whole === "string" && { whole }),
    ...(typeof chars === "number" && { chars: countOf(chars) }),
  };
}

function packedOf(block: unknown): PackedBlock | undefined {
  if (!isRecord(block)) return undefined;
  const { head, body } = block;
  return typeof head === "string" && typeof body === "string" ? { head, body } : undefined;
}

/** A copy of what it should be: whatever else it carries, stubs of functions for one, ends here. */
function thrownOf(error: unknown): RawThrown | undefined {
  if (!isRecord(error)) return undefined;
  const { name, message, stack } = error;
  if (!isText(name) || !isText(message) || !isText(stack) || !Array.isArray(error["causes"])) return undefined;
  const causes = error["causes"].map(causeOf);
  return causes.every((cause) => cause !== undefined) ? { name, message, stack, causes } : undefined;
}

function causeOf(cause: unknown): RawThrown["causes"][number] | undefined {
  if (!isRecord(cause)) return undefined;
  const { text, stack } = cause;
  return isText(text) && isText(stack) ? { text, stack } : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
