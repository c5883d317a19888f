import { AsyncLocalStorage } from "node:async_hooks";
import { ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/client";
import { CodemodeError, messageOf } from "../core/errors.ts";
import type { Limits } from "../core/limits.ts";
import { forwardableMeta } from "../core/meta.ts";
import { fitted, lacking } from "../core/questions.ts";
import type { Answer, Question } from "../core/questions.ts";
import type { Relay } from "../core/relay.ts";
import type { PendingCall } from "./pending-call.ts";
import { readQuestion } from "./read-question.ts";

/** The calls of one execution that are under way at one upstream: what is asked for one of them can be shown for any. */
interface Group {
  readonly relay: Relay;
  readonly calls: Set<PendingCall>;
  readonly over: AbortController;
  open: number;
  /** Which call it was that joined last, of all of this connection. */
  joined: number;
}

/**
 * Whose question is it? What arrives on the stream of a call is that call's: the SDK reads the stream in the call's asynchronous context. What
 * arrives on the stream of the whole connection (a stdio server has no other) is shown to one of those who have a call under way there,
 * and to the next one if that has ended meanwhile. The answer goes to the request that asked, in any case; and all belong to one Workspace.
 */
export class Questions {
  readonly #key: string;
  readonly #limits: Limits;
  readonly #groups = new Map<object, Group>();
  readonly #current = new AsyncLocalStorage<PendingCall>();
  #joins = 0;

  constructor(key: string, limits: Limits) {
    this.#key = key;
    this.#limits = limits;
  }

  /** Runs `send` as that which may raise questions for this call. */
  async during<T>(call: PendingCall, send: () => Promise<T>): Promise<T> {
    this.#join(call);
    try {
      return await this.#current.run(call, send);
    } finally {
      this.#leave(call);
    }
  }

  /** Resolves when no call is under way. */
  async idle(): Promise<void> {
    while (this.#groups.size > 0) await Promise.race(Array.from(this.#groups.values(), ({ over }) => aborted(over.signal)));
  }

  /** Who makes the call that this is said in; of what is said in no call that can be known, everybody with a call under way. */
  hearers(): { readonly relays: readonly Relay[]; readonly isCertain: boolean } {
    const call = this.#current.getStore();
    if (call !== undefined) return { relays: [call.relay], isCertain: true };
    return { relays: this.#all().map(({ relay }) => relay), isCertain: false };
  }

  /** Asks what the upstream has asked while `call`, or what is found to be its call, is under way. Rejects with what the upstream is told. */
  async ask(request: Question, signal: AbortSignal, call = this.#current.getStore(), key?: string): Promise<Answer> {
    const question = readQuestion(this.#key, request, this.#limits);
    if (call !== undefined) return this.#askFor(call, [call], question, AbortSignal.any([signal, call.signal]), key);
    return this.#askAnybody(question, signal);
  }

  async #askAnybody(question: Question, signal: AbortSignal): Promise<Answer> {
    for (;;) {
      const group = this.#mostIdle(question);
      const [call] = group?.calls ?? [];
      if (group === undefined || call === undefined) throw refusal("nobody can be asked at the moment");
      const all = this.#all();
      group.open += 1;
      try {
        return await this.#askFor(call, all, question, AbortSignal.any([signal, group.over.signal]));
      } catch (error) {
        if (signal.aborted || !group.over.signal.aborted) throw error;
      } finally {
        group.open -= 1;
      }
    }
  }

  /** `held`: whose time stands still meanwhile. */
  async #askFor(call: PendingCall, held: readonly PendingCall[], question: Question, signal: AbortSignal, key?: string): Promise<Answer> {
    const releases = held.map((one) => one.hold());
    try {
      return readAnswer(await call.relay.ask(fitted(question, call.relay.askable), signal, key));
    } catch (error) {
      // Nobody will ever answer: the call need not wait for what its server makes of that.
      if (error instanceof CodemodeError && (error.code === "question" || error.code === "limit")) call.fail(error);
      throw refusal(messageOf(error));
    } finally {
      for (const release of releases) release();
    }
  }

  /**
   * Of those who can be asked, whoever is asked least at the moment, and of these whoever has made a call last: servers ask early in a call, and an old one
   * may be of a client that has gone without a word. If there is but one call it has to be that one's, whether it can be asked or not.
   */
  #mostIdle(question: Question): Group | undefined {
    const groups = [...this.#groups.values()];
    if (this.#all().length === 1) return groups[0];
    const able = groups.filter(({ relay }) => lacking(relay.askable, question) === undefined);
    return able.toSorted((a, b) => a.open - b.open || b.joined - a.joined)[0];
  }

  #all(): PendingCall[] {
    return [...this.#groups.values()].flatMap(({ calls }) => [...calls]);
  }

  #join(call: PendingCall): void {
    const { relay } = call;
    const group = this.#groups.get(relay.owner) ?? { relay, calls: new Set(), over: new AbortController(), open: 0, joined: 0 };
    this.#groups.set(relay.owner, group);
    this.#joins += 1;
    group.joined = this.#joins;
    group.calls.add(call);
  }

  #leave(call: PendingCall): void {
    const group = this.#groups.get(call.relay.owner);
    group?.calls.delete(call);
    if (group === undefined || group.calls.size > 0) return;
    this.#groups.delete(call.relay.owner);
    group.over.abort();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
}

/** Without what concerns the caller and us alone. */
function readAnswer({ _meta, ...answer }: Answer): Answer {
  return { ...answer, ...(_meta !== undefined && { _meta: forwardableMeta(_meta) }) };
}

function refusal(why: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InternalError, why);
}
