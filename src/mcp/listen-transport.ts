import type { JSONRPCMessage, Transport } from "@modelcontextprotocol/server";
import { intercept } from "../core/interception.ts";
import { listenedUris, withListenedUris } from "./listen-request.ts";
import type { Watching } from "./watching.ts";

/**
 * The streams of `subscriptions/listen` on one connection, as far as resources are concerned: read from what passes, watched before the SDK promises to tell, and let
 * go when the stream is cancelled or answered. The connection's end is the owner's business.
 */
export function watchListening(transport: Transport, watching: Watching): Transport {
  /** By the id of the request: what was asked for, and in the end what is watched. */
  const streams = new Map<unknown, Promise<readonly string[]>>();
  const end = async (id: unknown) => {
    const watched = streams.get(id);
    streams.delete(id);
    for (const uri of (await watched) ?? []) watching.remove(uri);
  };
  const open = async (id: unknown, message: JSONRPCMessage, uris: readonly string[], pass: (message: JSONRPCMessage) => void) => {
    const adding = watching.addAll(uris);
    streams.set(id, adding);
    const watched = await adding;
    // It may have been cancelled meanwhile.
    if (streams.has(id)) pass(withListenedUris(message, watched) as JSONRPCMessage);
  };
  intercept(transport, (message, pass) => {
    const uris = listenedUris(message);
    if ("method" in message && message.method === "notifications/cancelled") void end(message.params?.["requestId"]);
    if (uris === undefined || !("id" in message) || streams.has(message.id)) pass(message);
    else void open(message.id, message, uris, pass);
  });
  const send = transport.send.bind(transport);
  transport.send = async (message, options) => {
    // A stream is answered when it ends, or when it is refused.
    if (!("method" in message) && streams.has(message.id)) await end(message.id);
    await send(message, options);
  };
  return transport;
}
