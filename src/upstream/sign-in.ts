import { CodemodeError } from "../core/errors.ts";
import type { Limits } from "../core/limits.ts";
import type { Question } from "../core/questions.ts";
import type { CallContext } from "../core/relay.ts";

export interface SignInDeps {
  readonly link: (key: string) => Promise<string>;
  readonly limits: Pick<Limits, "connectMs">;
}

/** Waits for the person who has to sign in at one upstream, or says where they can. */
export class SignIn {
  readonly #key: string;
  readonly #deps: SignInDeps;
  /** One question for all calls of an execution. */
  readonly #asking = new WeakMap<object, Promise<void>>();
  #connected = Promise.withResolvers<void>();

  constructor(key: string, deps: SignInDeps) {
    this.#key = key;
    this.#deps = deps;
  }

  /** The upstream is connected: whoever waits goes on. */
  connected(): void {
    this.#connected.resolve();
    this.#connected = Promise.withResolvers();
  }

  /** Resolves when it is connected the next time. */
  next(): Promise<void> {
    return this.#connected.promise;
  }

  /** Resolves when the upstream is connected. Rejects with CodemodeError(`sign_in`), which has the link if the caller cannot be asked. */
  async ask(why: string, context: CallContext): Promise<void> {
    const { owner, askable } = context.relay;
    if (askable.elicitation?.url === undefined) {
      throw new CodemodeError("sign_in", `${this.#key}: ${why} at ${await this.#deps.link(this.#key)}`, {
        remedy: "Show the link to the user, and run the program again when they have signed in.",
      });
    }
    const asking = this.#asking.get(owner) ?? this.#askPerson(why, context).finally(() => this.#asking.delete(owner));
    this.#asking.set(owner, asking);
    return asking;
  }

  async #askPerson(why: string, { relay, signal }: CallContext): Promise<void> {
    const connected = this.#connected.promise;
    const question: Question = {
      method: "elicitation/create",
      params: {
        mode: "url",
        elicitationId: crypto.randomUUID(),
        message: `${this.#key}: ${why}. The program waits, and goes on by itself.`,
        url: await this.#deps.link(this.#key),
      },
    };
    const release = relay.hold();
    try {
      const { action } = (await relay.ask(question, signal)) as { action?: unknown };
      if (action !== "accept") throw new CodemodeError("sign_in", `${this.#key}: ${why}, and the user does not want to now`);
      await this.#until(connected, signal);
    } finally {
      release();
    }
  }

  async #until(connected: Promise<void>, signal: AbortSignal): Promise<void> {
    const { connectMs } = this.#deps.limits;
    const given = Promise.withResolvers<never>();
    const onAbort = () => given.reject(new CodemodeError("cancelled", "the call was cancelled while its user was signing in"));
    const tooLate = () =>
      given.reject(
        new CodemodeError("sign_in", `${this.#key}: its user has not signed in within connectMs = ${connectMs} ms`, {
          remedy: "Run the program again for a new link.",
        }),
      );
    const timer = setTimeout(tooLate, connectMs);
    signal.addEventListener("abort", onAbort);
    if (signal.aborted) onAbort();
    try {
      await Promise.race([connected, given.promise]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    }
  }
}
