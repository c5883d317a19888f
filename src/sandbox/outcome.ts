import type { RawThrown, SandboxOutcome } from "./executor.ts";

const UNREADABLE: SandboxOutcome = { kind: "broken", message: "the sandbox ended without a readable outcome" };

/** What the harness says. It shares its isolate with the program, so it is checked like any other input, and may claim no more than two things. */
export function readHarnessOutcome(said: unknown): SandboxOutcome {
  if (!isRecord(said)) return UNREADABLE;
  const droppedLines = typeof said["droppedLines"] === "number" ? said["droppedLines"] : 0;
  if (said["kind"] === "returned" && typeof said["text"] === "string") return { kind: "returned", text: said["text"], droppedLines };
  if (said["kind"] === "threw" && isThrown(said["error"])) return { kind: "threw", error: said["error"], droppedLines };
  return UNREADABLE;
}

/** What a sandbox process says: the harness's word, or its own about the harness. */
export function readHostOutcome(said: unknown): SandboxOutcome {
  if (!isRecord(said)) return UNREADABLE;
  const { kind, limit, message } = said;
  if (kind === "killed" && (limit === "cpuMs" || limit === "memoryBytes")) return { kind, limit };
  if (kind === "stopped" || kind === "busy") return { kind };
  if (kind === "broken" && typeof message === "string") return { kind, message };
  return readHarnessOutcome(said);
}

function isThrown(error: unknown): error is RawThrown {
  if (!isRecord(error)) return false;
  const { name, message, stack, causes } = error;
  const isText = (value: unknown) => typeof value === "string";
  return isText(name) && isText(message) && isText(stack) && Array.isArray(causes) && causes.every(isText);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
