interface Receiver<Message, Extra> {
  onmessage?: ((message: Message, extra?: Extra) => void) | undefined;
}

/**
 * Has `handle` see everything that a transport receives, before whoever is connected to it does: `pass` gives a message to them, whenever that is. They may come
 * before or after this.
 */
export function intercept<Message, Extra>(
  transport: Receiver<Message, Extra>,
  handle: (message: Message, pass: (message: Message) => void) => void,
): void {
  let inner: Receiver<Message, Extra>["onmessage"];
  Object.defineProperty(transport, "onmessage", {
    get: () => inner,
    set(next: Receiver<Message, Extra>["onmessage"]) {
      inner = next === undefined ? undefined : (message, extra) => handle(message, (passed) => next(passed, extra));
    },
  });
}
