import { createRequestStateCodec, inputRequired, ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import type { InputRequiredResult, RequestStateCodec, ServerContext } from "@modelcontextprotocol/server";
import type { Limits } from "../core/limits.ts";
import { isRecord } from "../core/record.ts";
import type { CallContext } from "../core/relay.ts";
import { pushAsker } from "./asker.ts";
import { Errand } from "./errand.ts";
import type { Visitor } from "./errand.ts";
import { Park } from "./park.ts";

/** One request: what it asks for, and what has to be done for it. */
export interface Job<Result> {
  /** Of a tool or a prompt, or a URI. The method is bound to the state besides. */
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly work: (context: CallContext) => Promise<Result>;
  /** What to answer if what the request goes on with is not there any more. */
  readonly gone: (text: string) => Result;
}

/** What goes through the hands of the caller. */
interface State {
  readonly errand: string;
  readonly round: number;
}

interface Parked {
  readonly errand: Errand<unknown>;
  readonly park: Park;
  /** The call, in a form in which equal ones are equal. */
  readonly call: string;
  round: number;
}

export interface ErrandsOptions {
  /** 32 bytes that nobody else has: of one Workspace, so that a state is of use to its caller alone. */
  readonly sealingKey: Uint8Array;
  readonly limits: Pick<Limits, "parkMs" | "finishedMs" | "questions">;
  /** The caller of an errand may have to come back for it: nothing else keeps the Workspace alive meanwhile. */
  readonly onParked: () => void;
}

/** An errand whose caller has lost its stream keeps the Workspace alive by itself for so long, and longer ones are few. */
const LASTING_MS = 20_000;

/** All errands of a Workspace: started by a request, and found again by one that comes back with answers (2026-07-28). */
export class Errands {
  readonly #options: ErrandsOptions;
  readonly #codec: RequestStateCodec<State>;
  readonly #parked = new Map<string, Parked>();
  /** Of the 2025 revisions: under way, or ended a moment ago. */
  #pushed = 0;

  constructor(options: ErrandsOptions) {
    this.#options = options;
    this.#codec = createRequestStateCodec<State>({
      key: options.sealingKey,
      // As long as there may be an errand: who comes too late with an answer learns what has become of it.
      ttlSeconds: Math.ceil((options.limits.parkMs + options.limits.finishedMs) / 1_000),
      bind: ({ mcpReq }) => mcpReq.method,
    });
  }

  /** How many wait, or have ended a moment ago. */
  get parked(): number {
    return this.#parked.size + this.#pushed;
  }

  /** Throws for a state that we have not made, or that is too old. */
  verify(state: string, ctx: ServerContext): Promise<State> {
    return this.#codec.verify(state, ctx);
  }

  /** 2025 revisions: an errand has one visitor, and asks over its stream. That may be lost and resumed: the visitor is there for all that. */
  async push<Result>({ work }: Job<Result>, visitor: Visitor, ctx: ServerContext): Promise<Result> {
    const visit = new Errand(work, pushAsker(ctx), visitor, this.#options.limits).visit(visitor);
    this.#pushed += 1;
    const lasting = setTimeout(this.#options.onParked, LASTING_MS);
    try {
      return await visit.result;
    } finally {
      visit.end();
      clearTimeout(lasting);
      setTimeout(() => (this.#pushed -= 1), this.#options.limits.finishedMs);
    }
  }

  /**
   * 2026-07-28: the answer is the result, or the questions that the errand waits for. However often a request comes back, alone or several at
   * once, with all answers, some or none, it meets the same errand: nothing is done twice.
   */
  async park<Result>(job: Job<Result>, visitor: Visitor, ctx: ServerContext): Promise<Result | InputRequiredResult> {
    const state = ctx.mcpReq.requestState<State>();
    const id = state?.errand ?? crypto.randomUUID();
    const held = state === undefined ? this.#start(job, visitor, ctx) : this.#find(id, job);
    if (held === undefined) return job.gone(GONE);
    const { errand, park } = held;
    park.answer(ctx.mcpReq.inputResponses ?? {});
    park.reconsider(visitor.askable);
    const visit = errand.visit(visitor);
    try {
      const met = await Promise.race([visit.result.then((result) => ({ result })), park.asked().then((asked) => ({ asked }))]);
      // The same call has the same kind of result: a state is of use for the method alone that it was made for.
      if ("result" in met) return met.result as Result;
      this.#keep(id, held, visit.result);
      held.round += 1;
      return inputRequired({ inputRequests: met.asked, requestState: await this.#codec.mint({ errand: id, round: held.round }, ctx) });
    } finally {
      visit.end();
    }
  }

  #start(job: Job<unknown>, visitor: Visitor, { mcpReq }: ServerContext): Parked {
    const park = new Park(mcpReq.inputResponses);
    return { errand: new Errand(job.work, park, visitor, this.#options.limits), park, call: callOf(job), round: 0 };
  }

  #find(id: string, job: Job<unknown>): Parked | undefined {
    const held = this.#parked.get(id);
    if (held !== undefined && held.call !== callOf(job)) {
      const message = "This requestState belongs to another call. Repeat the call that it was the answer to, with the same arguments.";
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, message);
    }
    return held;
  }

  #keep(id: string, held: Parked, result: Promise<unknown>): void {
    if (this.#parked.has(id)) return;
    this.#parked.set(id, held);
    const forget = () => setTimeout(() => this.#parked.delete(id), this.#options.limits.finishedMs);
    result.then(forget, forget);
    this.#options.onParked();
  }
}

/** The same text for the same call, in whatever order a client writes the members. */
function callOf({ name, args }: Job<unknown>): string {
  const sorted = (_: string, value: unknown) =>
    isRecord(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value;
  return JSON.stringify([name, args], sorted);
}

const GONE =
  "What this request goes on with is gone: it was not answered in time, has ended a while ago, or the proxy was restarted. Calls may have " +
  "been made: try again from the start only if that does no harm.";
