import type { ContentBlock } from "@modelcontextprotocol/client";
import type { Approval } from "./approval.ts";
import type { LimitName } from "./limits.ts";

/** One run of one program for one caller, told from the host's side: nothing in a sandbox can write it. */
export interface Execution {
  readonly outcome: Outcome;
  readonly console: ConsoleOutput;
  /** What the program gave to `codemode.emit`. */
  readonly emitted: EmittedBlocks;
  /** What the caller should know about the program, though it ran. Absent if there is nothing. */
  readonly notes?: readonly string[];
  /** The calls in the order in which they began. */
  readonly ledger: readonly CallRecord[];
  /** Wall time, in ms. */
  readonly durationMs: number;
}

export type Outcome =
  | Returned
  | Threw
  /** The program was not run. */
  | Refused
  | { readonly kind: "limit"; readonly limit: LimitName; readonly value: number; readonly message: string }
  | { readonly kind: "cancelled" }
  /** The proxy broke, or the process of the sandbox ended (`sandboxEnded`), not by the program's doing; `id` finds the whole story in the log. */
  | { readonly kind: "fault"; readonly id: string; readonly sandboxEnded?: true };

/** `declarations` of the tools that are misused, as TypeScript. */
export interface Refused {
  readonly kind: "refused";
  readonly problems: readonly Problem[];
  readonly declarations?: readonly string[];
}

/** What a program returned, as the caller reads it. */
export interface Returned {
  readonly kind: "returned";
  /** A string as it is, everything else as JSON, with a line in the place of each content block. Empty if the value is nothing but content. */
  readonly text: string;
  /** The content blocks in the value, in order. Absent if there are none. */
  readonly blocks?: readonly ContentBlock[];
  /** What was left out and how to get it, if the caller does not get the whole. */
  readonly notice?: string;
}

/** A program that failed; or that came to its end, while something that it did not wait for has failed. */
interface Threw {
  readonly kind: "threw";
  readonly error: Thrown;
  /** What it returned although `error` was thrown: nobody awaited that. */
  readonly returned?: Returned;
}

interface EmittedBlocks {
  readonly blocks: readonly ContentBlock[];
  /** Blocks beyond the limits: counted, not kept. */
  readonly dropped: number;
}

/** What a program threw: an `Error`, or any other value. Written by the sandbox, so every field is hostile text. */
export interface Thrown {
  /** The error's name, or what was thrown instead of an error (`a string`, `null`). */
  readonly name: string;
  readonly message: string;
  /** Stack lines of the program alone, as `program.js:LINE:COLUMN` in what the caller sent. */
  readonly frames: readonly Frame[];
  /** `cause` and the members of an `AggregateError`, each with the place where it was thrown, if the program did so. */
  readonly causes: readonly { readonly text: string; readonly frame?: Frame }[];
  /** What exists instead, or what was taken for something else. */
  readonly hint?: string;
}

/** A place in the program that the caller sent; line and column count from 1. */
export interface Frame {
  readonly line: number;
  readonly column: number;
}

/** One reason why a program was refused. */
export interface Problem extends Frame {
  readonly message: string;
}

export interface ConsoleOutput {
  readonly lines: readonly ConsoleLine[];
  /** Lines beyond the limits: counted, not kept. */
  readonly dropped: number;
}

export interface ConsoleLine {
  readonly level: ConsoleLevel;
  readonly text: string;
}

export const CONSOLE_LEVELS = ["log", "info", "debug", "warn", "error"] as const;
export type ConsoleLevel = (typeof CONSOLE_LEVELS)[number];

/** One invocation of an upstream tool through the bridge, or one request for resources or prompts. */
export interface CallRecord {
  /** `namespace.identifier`, as the program wrote it; of the others `codemode.resources.read(namespace)`, as far as it is known whom it is for. */
  readonly name: string;
  readonly outcome: "ok" | "failed" | "cancelled";
  /** Wall time, in ms; the time in which a person was waited for is part of it. */
  readonly durationMs: number;
  /** What a person has said of it, if one was asked. */
  readonly approval?: Approval;
}
