import { CodemodeError } from "../core/errors.ts";
import type { ListedItem, ListKind } from "../core/features.ts";
import type { Limits } from "../core/limits.ts";
import type { CallContext } from "../core/relay.ts";
import type { Connection } from "./connect.ts";
import type { Exchange } from "./exchange.ts";
import { isTimeout, whyUnavailable } from "./failure.ts";
import { readFeatureList } from "./feature-list.ts";
import type { FeatureList } from "./feature-list.ts";

export interface OfferedItemsDeps {
  readonly key: string;
  readonly limits: Limits;
  readonly isReady: () => boolean;
  readonly connected: () => Promise<Connection>;
  readonly exchange: Pick<Exchange, "send">;
  readonly log: (line: string) => void;
}

/** What one upstream offers besides tools, read anew each time. */
export class OfferedItems {
  readonly #deps: OfferedItemsDeps;

  constructor(deps: OfferedItemsDeps) {
    this.#deps = deps;
  }

  /** Nothing while it is unavailable. Never rejects: a list that cannot be had is logged. */
  async list(kind: ListKind, signal?: AbortSignal): Promise<readonly ListedItem[]> {
    const { key, limits, isReady, connected, log } = this.#deps;
    if (!isReady()) return [];
    let connection: Connection | undefined;
    try {
      connection = await connected();
      return this.#itemsOf(kind, await readFeatureList(connection.client, kind, limits, signal));
    } catch (error) {
      if (signal?.aborted !== true)
        log(`upstream ${key}: its ${kind} cannot be read: ${whyUnavailable(error, limits.listMs, connection?.redact)}`);
      return [];
    }
  }

  /** The same for somebody who asks for this upstream by name. Rejects with CodemodeError, as `UpstreamClient.request` does. */
  async listFor(kind: ListKind, context: CallContext): Promise<readonly ListedItem[]> {
    const { limits, exchange } = this.#deps;
    const list = await exchange.send(`the list of ${kind}`, context, (client, { options: { signal } }) =>
      readFeatureList(client, kind, limits, signal).catch((error: unknown) => {
        throw isTimeout(error) ? lateList(limits.listMs) : error;
      }),
    );
    return this.#itemsOf(kind, list);
  }

  #itemsOf(kind: ListKind, { items, omitted }: FeatureList): readonly ListedItem[] {
    const { key, limits, log } = this.#deps;
    if (omitted > 0) log(`upstream ${key}: ${omitted} ${kind} are left out, beyond listItems = ${limits.listItems}`);
    return items;
  }
}

function lateList(listMs: number): CodemodeError {
  return new CodemodeError("limit", `no list has come within listMs = ${listMs} ms`, {
    remedy: "Raise limits.listMs in the configuration.",
  });
}
