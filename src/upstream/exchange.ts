import type { Client } from "@modelcontextprotocol/client";
import type { CodemodeError } from "../core/errors.ts";
import type { Question } from "../core/questions.ts";
import type { CallContext } from "../core/relay.ts";
import type { Connection } from "./connect.ts";
import { hasNotHappened } from "./failure.ts";
import { PendingCall } from "./pending-call.ts";
import type { Sending } from "./send.ts";
import { SignInNeeded } from "./upstream-auth.ts";

/** Sends something once over a connection. */
export type Send<Result> = (client: Client, sending: Sending) => Promise<Result>;

export interface ExchangeDeps {
  readonly callMs: number;
  /** The present connection, or a new one. */
  readonly connected: () => Promise<Connection>;
  /** Lets go of a connection that does not work any more. */
  readonly drop: (connection: Connection) => void;
  /** Why what was asked for under this name has failed, for whoever has asked. */
  readonly failure: (error: unknown, name: string, connection: Connection) => CodemodeError;
  /** Resolves when the user has signed in; rejects with CodemodeError. */
  readonly signIn: (why: string, context: CallContext) => Promise<void>;
}

/** The largest delay of a timer, some 24 days. */
const NEVER_MS = 2_147_483_647;

/** Requests to one upstream: each sent once, and a second time only if the server has said that it does not know our session or our token. */
export class Exchange {
  readonly #deps: ExchangeDeps;

  constructor(deps: ExchangeDeps) {
    this.#deps = deps;
  }

  /** `name` is what is asked for, in messages. Rejects with CodemodeError. */
  async send<Result>(name: string, context: CallContext, send: Send<Result>): Promise<Result> {
    try {
      return await this.#sendOnce(name, context, send);
    } catch (error) {
      if (!(error instanceof SignInNeeded)) throw error;
      await this.#deps.signIn(error.message, context);
      return await this.#sendOnce(name, context, send);
    }
  }

  async #sendOnce<Result>(name: string, context: CallContext, send: Send<Result>): Promise<Result> {
    const { connected, drop, failure } = this.#deps;
    const connection = await connected();
    try {
      return await this.#sendOver(connection, context, send);
    } catch (error) {
      if (!hasNotHappened(error, connection) || context.signal.aborted) throw failure(error, name, connection);
    }
    drop(connection);
    const fresh = await connected();
    return this.#sendOver(fresh, context, send).catch((error: unknown) => {
      throw failure(error, name, fresh);
    });
  }

  async #sendOver<Result>({ client, questions }: Connection, context: CallContext, send: Send<Result>): Promise<Result> {
    const call = new PendingCall(context, this.#deps.callMs);
    // The time is the call's, which knows when it stands still.
    const options = { signal: call.signal, timeout: NEVER_MS };
    const ask = (question: Question, key: string) => questions.ask(question, call.signal, call, key);
    try {
      return await questions.during(call, () => send(client, { context, options, ask }));
    } catch (error) {
      throw call.signal.aborted ? call.signal.reason : error;
    } finally {
      call.end();
    }
  }
}
