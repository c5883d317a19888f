import { describe, expect, it, vi } from "vitest";
import { withErrorStatus } from "../../../src/mcp/error-status.ts";

const event = (message: object) => `event: message\ndata: ${JSON.stringify({ jsonrpc: "2.0", ...message })}\n\n`;
const failed = (code: number) => event({ id: 1, error: { code, message: "why" } });
const KEEP_ALIVE = ": keepalive\n\n";

/** An answer that says these things, one at a time, and tells whether it was given up. */
function answerOf(said: readonly string[], type = "text/event-stream") {
  let cancelled = false;
  const open = [...said];
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const next = open.shift();
        if (next === undefined) controller.close();
        else controller.enqueue(new TextEncoder().encode(next));
      },
      cancel() {
        cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { response: new Response(body, { headers: { "content-type": type, "x-kept": "yes" } }), wasCancelled: () => cancelled };
}

describe("an answer", () => {
  it.each([-32_020, -32_021])("that begins with error %i has status 400, after signs of life, too", async (code) => {
    for (const before of [[], [KEEP_ALIVE, KEEP_ALIVE]]) {
      const { response, wasCancelled } = answerOf([...before, failed(code), "more"]);
      const answer = await withErrorStatus(response);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([400, "application/json"]);
      expect(await answer.json()).toEqual({ jsonrpc: "2.0", id: 1, error: { code, message: "why" } });
      expect(wasCancelled()).toBe(true);
    }
  });

  it.each([
    ["another error", [failed(-32_602)]],
    ["progress before the error", [event({ method: "notifications/progress" }), failed(-32_021)]],
    ["a result", [KEEP_ALIVE, event({ id: 1, result: { error: { code: -32_021 } } })]],
    ["an event of another kind", ["id: 1\ndata: \n\n", failed(-32_021)]],
    ["what is too long for an error of ours", [event({ id: 1, error: { code: -32_021, message: "y".repeat(16_384) } })]],
    ["nothing", []],
  ])("that begins with %s stays as it is", async (_what, said) => {
    const answer = await withErrorStatus(answerOf(said).response);
    expect([answer.status, answer.headers.get("content-type"), answer.headers.get("x-kept")]).toEqual([200, "text/event-stream", "yes"]);
    expect(await answer.text()).toBe(said.filter((one) => one !== KEEP_ALIVE).join(""));
  });

  it("that is no stream is not touched", async () => {
    const { response } = answerOf([failed(-32_021)], "application/json");
    expect(await withErrorStatus(response)).toBe(response);
    const empty = new Response(null, { status: 202 });
    expect(await withErrorStatus(empty)).toBe(empty);
  });

  it("that says nothing for half a second begins all the same, and loses nothing", async () => {
    vi.useFakeTimers();
    try {
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      const answering = withErrorStatus(new Response(readable, { headers: { "content-type": "text/event-stream" } }));
      await vi.advanceTimersByTimeAsync(499);
      expect(await Promise.race([answering, Promise.resolve("waits")])).toBe("waits");
      await vi.advanceTimersByTimeAsync(1);
      const answer = await answering;
      expect(answer.status).toBe(200);
      const text = answer.text();
      const writer = writable.getWriter();
      await writer.write(new TextEncoder().encode(failed(-32_021)));
      await writer.close();
      expect(await text).toBe(failed(-32_021));
    } finally {
      vi.useRealTimers();
    }
  });

  it("that its client gives up is given up", async () => {
    const { response, wasCancelled } = answerOf([event({ method: "notifications/progress" }), "more"]);
    await (await withErrorStatus(response)).body?.cancel();
    expect(wasCancelled()).toBe(true);
  });
});
