import { AsyncLocalStorage } from "node:async_hooks";
import { InMemoryServerEventBus } from "@modelcontextprotocol/server";
import type { McpHandlerRequestOptions, ServerEvent, ServerEventBus } from "@modelcontextprotocol/server";
import { listenedUris, withListenedUris } from "./listen-request.ts";
import type { Subscriptions } from "./subscriptions.ts";
import { Watching } from "./watching.ts";

type Serve = (request: Request, options?: McpHandlerRequestOptions) => Promise<Response>;

/** One stream that is about to be opened. */
interface Opening {
  readonly watching: Watching;
  listener: ((event: ServerEvent) => void) | undefined;
}

/**
 * The streams of `subscriptions/listen` over HTTP, as far as resources are concerned. The SDK serves them and tells nobody what each of them asks for: it is read
 * here, watched before the stream says that it will be told, and let go when the SDK takes the stream off its bus.
 */
export class ListenStreams implements ServerEventBus {
  readonly #subscriptions: Subscriptions;
  readonly #bus = new InMemoryServerEventBus();
  readonly #opening = new AsyncLocalStorage<Opening>();

  constructor(subscriptions: Subscriptions) {
    this.#subscriptions = subscriptions;
  }

  publish(event: ServerEvent): void {
    this.#bus.publish(event);
  }

  subscribe(listener: (event: ServerEvent) => void): () => void {
    const opening = this.#opening.getStore();
    if (opening !== undefined) opening.listener = listener;
    const unsubscribe = this.#bus.subscribe(listener);
    return () => {
      unsubscribe();
      opening?.watching.end();
    };
  }

  /** Serves a request, whatever it asks for. What cannot be watched is left out of what the stream promises. */
  async serve(request: Request, serve: Serve): Promise<Response> {
    if (request.headers.get("mcp-method") !== "subscriptions/listen") return serve(request);
    const body: unknown = await request
      .clone()
      .json()
      .catch(() => undefined);
    const uris = listenedUris(body);
    if (uris === undefined) return serve(request);
    const opening: Opening = {
      watching: new Watching(this.#subscriptions, (uri) => opening.listener?.({ kind: "resource_updated", uri })),
      listener: undefined,
    };
    const parsedBody = withListenedUris(body, await opening.watching.addAll(uris));
    const response = await this.#opening.run(opening, () => serve(request, { parsedBody }));
    // Refused: too many streams, or not well-formed.
    if (opening.listener === undefined) opening.watching.end();
    return response;
  }
}
