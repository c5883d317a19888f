/** A session of a 2025 revision by hand: requests as they are, and the events of streams as they come. */
export interface RawSession {
  readonly id: string;
  post(message: object): Promise<Response>;
  /** Opens a stream with GET. */
  get(lastEventId?: string): Promise<Response>;
  end(): Promise<Response>;
}

export interface RawEvent {
  readonly id: string | undefined;
  readonly retry: string | undefined;
  /** Undefined for an event without data. */
  readonly message: { readonly id?: number; readonly method?: string; readonly [member: string]: unknown } | undefined;
}

export async function openRawSession(url: URL, revision = "2025-11-25", token?: string): Promise<RawSession> {
  const common = { ...(token !== undefined && { authorization: `Bearer ${token}` }), "mcp-protocol-version": revision };
  const send = (headers: Record<string, string>, message: object) =>
    fetch(url, {
      method: "POST",
      headers: { ...common, ...headers, "content-type": "application/json", accept: "application/json, text/event-stream" },
      body: JSON.stringify({ jsonrpc: "2.0", ...message }),
    });
  const params = { protocolVersion: revision, capabilities: {}, clientInfo: { name: "raw", version: "1.0.0" } };
  const opened = await send({}, { id: 0, method: "initialize", params });
  await opened.text();
  const id = opened.headers.get("mcp-session-id") ?? "";
  const session = { "mcp-session-id": id };
  await send(session, { method: "notifications/initialized" });
  return {
    id,
    post: (message) => send(session, message),
    get: (lastEventId) => {
      const from = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
      return fetch(url, { headers: { ...common, ...session, ...from, accept: "text/event-stream" } });
    },
    end: () => fetch(url, { method: "DELETE", headers: { ...common, ...session } }),
  };
}

/** The events of a stream, as they come; comments are left out. */
export async function* eventsOf(response: Response): AsyncGenerator<RawEvent, void> {
  if (response.body === null) return;
  let text = "";
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + chunk).split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const field = (name: string) => block.match(new RegExp(`^${name}: ?(.*)$`, "m"))?.[1];
      const data = field("data");
      if (data === undefined) continue;
      yield {
        id: field("id"),
        retry: field("retry"),
        message: data === "" ? undefined : (JSON.parse(data) as NonNullable<RawEvent["message"]>),
      };
    }
  }
}

/** All events of a stream that ends. */
export async function allEvents(response: Response): Promise<RawEvent[]> {
  return Array.fromAsync(eventsOf(response));
}
