interface ListenRequest {
  readonly params: { readonly notifications: { readonly resourceSubscriptions: readonly string[] } };
}

/** The resources that a `subscriptions/listen` asks to be told of; undefined if it asks for none, or is something else. */
export function listenedUris(message: unknown): readonly string[] | undefined {
  const { method, params } = member(message);
  const { resourceSubscriptions } = member(member(params)["notifications"]);
  if (method !== "subscriptions/listen" || !Array.isArray(resourceSubscriptions) || resourceSubscriptions.length === 0) return undefined;
  return resourceSubscriptions.every((uri) => typeof uri === "string") ? resourceSubscriptions : undefined;
}

/** The same request for other resources. */
export function withListenedUris(message: unknown, uris: readonly string[]): unknown {
  const { params } = message as ListenRequest;
  return { ...(message as object), params: { ...params, notifications: { ...params.notifications, resourceSubscriptions: uris } } };
}

function member(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
