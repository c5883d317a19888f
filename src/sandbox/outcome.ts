import type { RawThrown, SandboxOutcome } from "./executor.ts";

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
  const droppedLines = typeof said["droppedLines"] === "number" ? said["droppedLines"] : 0;
  if (said["kind"] === "returned" && typeof said["text"] === "string") return { kind: "returned", text: said["text"], droppedLines };
  const error = thrownOf(said["error"]);
  if (said["kind"] === "threw" && error !== undefined) return { kind: "threw", error, droppedLines };
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

/** A copy of what it should be: whatever else it carries, stubs of functions for one, ends here. */
function thrownOf(error: unknown): RawThrown | undefined {
  if (!isRecord(error)) return undefined;
  const { name, message, stack, causes } = error;
  const isText = (value: unknown): value is string => typeof value === "string";
  if (!isText(name) || !isText(message) || !isText(stack) || !Array.isArray(causes)) return undefined;
  return causes.every(isText) ? { name, message, stack, causes: [...causes] } : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
