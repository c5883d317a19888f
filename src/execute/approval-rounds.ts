import type { Approval } from "../core/approval.ts";
import { CodemodeError } from "../core/errors.ts";
import type { Limits } from "../core/limits.ts";
import type { CallContext } from "../core/relay.ts";
import { approvalQuestion, readApproval } from "./approval-question.ts";
import type { AskedCall } from "./approval-question.ts";

interface WaitingCall {
  readonly call: AskedCall;
  readonly context: CallContext;
  readonly settle: (approval: Approval) => void;
  readonly fail: (error: unknown) => void;
}

/** What arises together, by `Promise.all`, arrives one after the other: so long, in ms, a question waits for one more call. */
const GATHER_MS = 25;

/** The calls of one execution that wait for a person: asked together, one question after the other. */
export class ApprovalRounds {
  readonly #limits: Pick<Limits, "approvalCalls">;
  readonly #now: () => number;
  readonly #allowed = new Map<string, Approval>();
  /** What nobody wants to be asked for again and again: tools with arguments as they were shown. */
  readonly #declined = new Map<string, Approval>();
  readonly #waiting = new Set<WaitingCall>();
  #asking = false;

  constructor(limits: Pick<Limits, "approvalCalls">, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Resolves with what the person has said. Rejects when `signal` fires, and as `Relay.ask` does. The execution's time stands still meanwhile. */
  async ask(call: AskedCall, context: CallContext): Promise<Approval> {
    const { signal, relay } = context;
    const release = relay.hold();
    let onAbort: (() => void) | undefined;
    try {
      return await new Promise<Approval>((settle, fail) => {
        const waiting: WaitingCall = { call, context, settle, fail };
        onAbort = () => {
          this.#waiting.delete(waiting);
          fail(new CodemodeError("cancelled", "the call was cancelled before it was allowed"));
        };
        if (signal.aborted) return onAbort();
        signal.addEventListener("abort", onAbort);
        this.#waiting.add(waiting);
        if (!this.#asking) void this.#askAll();
      });
    } finally {
      if (onAbort !== undefined) signal.removeEventListener("abort", onAbort);
      release();
    }
  }

  async #askAll(): Promise<void> {
    this.#asking = true;
    while (this.#waiting.size > 0) {
      await this.#gather();
      this.#settleKnown();
      const inOrder = [...this.#waiting].toSorted((one, other) => one.call.order - other.call.order);
      const round = inOrder.slice(0, this.#limits.approvalCalls);
      for (const waiting of round) this.#waiting.delete(waiting);
      await this.#askFor(round);
    }
    this.#asking = false;
  }

  /** Until nothing more comes. */
  async #gather(): Promise<void> {
    let before: number;
    do {
      before = this.#waiting.size;
      await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    } while (this.#waiting.size > before && this.#waiting.size < this.#limits.approvalCalls);
  }

  #settleKnown(): void {
    for (const waiting of this.#waiting) {
      const { call } = waiting;
      const approval = this.#allowed.get(call.toolId) ?? this.#declined.get(callId(call));
      if (approval === undefined) continue;
      this.#waiting.delete(waiting);
      waiting.settle(approval);
    }
  }

  async #askFor(round: readonly WaitingCall[]): Promise<void> {
    const [first] = round;
    if (first === undefined) return;
    const { relay, signal } = first.context;
    const calls = round.map(({ call }) => call);
    try {
      const said = readApproval(calls, await relay.ask(approvalQuestion(calls), signal));
      const at = this.#now();
      for (const { call, settle } of round) {
        const approval: Approval = { answer: said.get(call.toolId) ?? "no", at };
        if (approval.answer === "execution" || approval.answer === "always") this.#allowed.set(call.toolId, approval);
        if (approval.answer === "no") this.#declined.set(callId(call), approval);
        settle(approval);
      }
    } catch (error) {
      for (const { fail } of round) fail(error);
    }
  }
}

function callId({ toolId, shown }: AskedCall): string {
  return JSON.stringify([toolId, shown]);
}
