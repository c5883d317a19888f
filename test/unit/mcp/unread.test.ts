import { describe, expect, it } from "vitest";
import { withoutBacklog } from "../../../src/mcp/unread.ts";

/** A stream that is written whether it is read or not. */
function written() {
  let writer: ReadableStreamDefaultController<Uint8Array> | undefined;
  const cancelled = Promise.withResolvers<unknown>();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => void (writer = controller),
    cancel: (reason) => cancelled.resolve(reason),
  });
  const write = (length: number) => writer?.enqueue(new Uint8Array(length));
  return {
    answer: new Response(body, { headers: { "content-type": "text/event-stream" } }),
    write,
    close: () => writer?.close(),
    cancelled,
  };
}

const lengths = async (response: Response) => {
  const read: number[] = [];
  for await (const chunk of response.body ?? []) read.push(chunk.byteLength);
  return read;
};

describe("what has not been read of a stream", () => {
  it("waits, as much as the limit says, and whatever comes then", async () => {
    const { answer, write, close } = written();
    const bounded = withoutBacklog(answer, 10);
    for (const length of [4, 6, 50]) write(length);
    close();
    expect(await lengths(bounded)).toEqual([4, 6, 50]);
  });

  it("ends it when more comes than one byte beyond the limit, for who writes it as well", async () => {
    const { answer, write, cancelled } = written();
    const bounded = withoutBacklog(answer, 10);
    for (const length of [4, 7, 1]) write(length);
    expect(String(await cancelled.promise)).toContain("more than unreadBytes = 10 bytes of a stream have not been read");
    await expect(lengths(bounded)).rejects.toThrow("unreadBytes");
  });

  it("does not count what is read", async () => {
    const { answer, write, close } = written();
    const bounded = withoutBacklog(answer, 10);
    const reading = lengths(bounded);
    for (let count = 0; count < 5; count += 1) {
      write(11);
      await new Promise((resolve) => setImmediate(resolve));
    }
    close();
    expect(await reading).toEqual([11, 11, 11, 11, 11]);
  });

  it("is given up with the client, and with whoever writes it", async () => {
    const one = written();
    await withoutBacklog(one.answer, 10).body?.cancel("gone");
    expect(await one.cancelled.promise).toBe("gone");
    const broken = new ReadableStream<Uint8Array>({ pull: () => Promise.reject(new Error("broken")) });
    const answer = new Response(broken, { headers: { "content-type": "text/event-stream" } });
    await expect(lengths(withoutBacklog(answer, 10))).rejects.toThrow("broken");
  });

  it("is nothing of an answer that is no stream", () => {
    const answer = Response.json({});
    expect(withoutBacklog(answer, 10)).toBe(answer);
  });
});
