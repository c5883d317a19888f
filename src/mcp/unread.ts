/**
 * The same answer; a stream of which so much waits to be read is broken off when more comes. Whoever writes it does not look whether anybody reads: of a client
 * that holds its connection and reads nothing everything would be kept. It is one that has lost its stream then.
 */
export function withoutBacklog(response: Response, unreadBytes: number): Response {
  const { body, headers } = response;
  if (body === null || !(headers.get("content-type") ?? "").startsWith("text/event-stream")) return response;
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  let isGone = false;
  const pump = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    for (;;) {
      const { done, value } = await reader.read();
      if (isGone) return;
      if (done) return controller.close();
      if ((controller.desiredSize ?? 0) < 0) {
        const error = new Error(`more than unreadBytes = ${unreadBytes} bytes of a stream have not been read`);
        controller.error(error);
        return reader.cancel(error);
      }
      controller.enqueue(value);
    }
  };
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        void pump(controller).catch((error: unknown) => controller.error(error));
      },
      cancel(reason) {
        isGone = true;
        return reader.cancel(reason);
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: unreadBytes }),
  );
  return new Response(stream, response);
}
