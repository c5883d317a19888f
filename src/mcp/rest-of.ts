type Read = ReadableStreamReadResult<Uint8Array>;

export interface RestOptions {
  /** Comes before what is read. */
  readonly first?: Read | Promise<Read> | undefined;
  /** Called when the stream has ended, has broken, or nobody reads it any more. */
  readonly onEnd?: () => void;
}

/** What a reader still has, as a stream that is read no faster than its own reader reads. That nobody wants it any more goes on to the source. */
export function restOf(reader: ReadableStreamDefaultReader<Uint8Array>, { first, onEnd }: RestOptions = {}): ReadableStream<Uint8Array> {
  let next = first;
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await (next ?? reader.read());
        next = undefined;
        if (!done) return controller.enqueue(value);
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      onEnd?.();
    },
    async cancel(reason) {
      onEnd?.();
      await reader.cancel(reason);
    },
  });
}
