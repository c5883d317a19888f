import { describe, expect, it } from "vitest";
import { Trace, traceMetaOf } from "../../../src/core/trace.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT = "00f067aa0ba902b7";
const traceparent = `00-${TRACE}-${PARENT}-01`;

describe("trace context in _meta", () => {
  it("is taken if it is one, with its state", () => {
    expect(traceMetaOf({ traceparent, tracestate: "a=b", other: 1 })).toEqual({ traceparent, tracestate: "a=b" });
    expect(traceMetaOf({ traceparent })).toEqual({ traceparent });
  });

  it.each([
    undefined,
    {},
    { traceparent: 1 },
    { traceparent: "" },
    { traceparent: `${traceparent}-more` },
    { traceparent: traceparent.toUpperCase() },
    { traceparent: `ff-${TRACE}-${PARENT}-01` },
    { traceparent: `00-${"0".repeat(32)}-${PARENT}-01` },
    { traceparent: `00-${TRACE}-${"0".repeat(16)}-01` },
    { traceparent: `${traceparent}\n` },
  ])("is left alone if it is none: %j", (meta) => {
    expect(traceMetaOf(meta)).toBeUndefined();
  });

  it.each([["x".repeat(513)], ["a=\n"], [7], ["\u00e9"], [""]])("loses a state that cannot be sent: %j", (tracestate) => {
    expect(traceMetaOf({ traceparent, tracestate })).toEqual({ traceparent });
  });
});

describe("a trace", () => {
  it("goes on with the caller's: the next hop is told of the call", () => {
    const trace = new Trace({ traceparent, tracestate: "a=b" }, true);
    const call = trace.begin("peer.list");
    expect(call.meta).toEqual({
      traceparent: expect.stringMatching(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`)) as string,
      tracestate: "a=b",
    });
    call.end(true, { why: "x" });
    const [whole, one, ...more] = trace.finish("execute_code", false, { "codemode.outcome": "returned" });
    expect(more).toEqual([]);
    expect(whole).toMatchObject({ traceId: TRACE, parentSpanId: PARENT, name: "execute_code", kind: "server", failed: false });
    expect(one).toMatchObject({
      traceId: TRACE,
      parentSpanId: whole?.spanId,
      name: "peer.list",
      kind: "client",
      failed: true,
      attributes: { why: "x" },
    });
    expect(call.meta?.traceparent).toContain(one?.spanId);
  });

  it("is one of its own where the caller has none", () => {
    const [whole] = new Trace(undefined, true).finish("execute_code", true, {});
    expect(whole?.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(whole).not.toHaveProperty("parentSpanId");
    expect(new Trace(undefined, true).begin("x").meta?.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });

  it("passes the caller's context on as it is where nothing is recorded, or not sampled", () => {
    const unsampled = { traceparent: `00-${TRACE}-${PARENT}-00` };
    for (const [meta, record] of [
      [{ traceparent }, false],
      [unsampled, true],
    ] as const) {
      const trace = new Trace(meta, record);
      const call = trace.begin("peer.list");
      expect(call.meta).toEqual(meta);
      call.end(false);
      expect(trace.finish("execute_code", false, {})).toEqual([]);
    }
    expect(new Trace(undefined, false).begin("peer.list").meta).toBeUndefined();
  });

  it("has a bounded number of calls, and says how many there were beyond it", () => {
    const trace = new Trace(undefined, true);
    for (let index = 0; index < 1_000; index += 1) trace.begin("x").end(false);
    expect(trace.finish("execute_code", false, {})[0]?.attributes).toEqual({});
    trace.begin("x").end(false);
    const spans = trace.finish("execute_code", false, {});
    expect([spans.length, spans[0]?.attributes]).toEqual([1_001, { "codemode.calls_left_out": "1" }]);
  });
});
