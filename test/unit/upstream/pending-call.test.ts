import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CodemodeError } from "../../../src/core/errors.ts";
import { PendingCall } from "../../../src/upstream/pending-call.ts";
import { SILENT_RELAY } from "../../support/silent-relay.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function callOf(controller = new AbortController()): { call: PendingCall; cancel: (reason?: unknown) => void } {
  return { call: new PendingCall({ signal: controller.signal, relay: SILENT_RELAY }, 1_000), cancel: (reason) => controller.abort(reason) };
}

describe("a call under way", () => {
  it("ends after callMs, and not before", () => {
    const { call } = callOf();
    vi.advanceTimersByTime(999);
    expect(call.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(call.signal.reason).toMatchObject({ code: "limit", message: "no answer within callMs = 1000 ms; it may still have happened" });
  });

  it("has no less time for having waited for a person, twice at once", () => {
    const { call } = callOf();
    vi.advanceTimersByTime(600);
    const [first, second] = [call.hold(), call.hold()];
    vi.advanceTimersByTime(60_000);
    first();
    vi.advanceTimersByTime(60_000);
    second();
    vi.advanceTimersByTime(399);
    expect(call.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(call.signal.aborted).toBe(true);
  });

  it("holds its execution, too", () => {
    const released = vi.fn<() => void>();
    const relay = { ...SILENT_RELAY, hold: () => released };
    const release = new PendingCall({ signal: new AbortController().signal, relay }, 1_000).hold();
    expect(released).not.toHaveBeenCalled();
    release();
    expect(released).toHaveBeenCalledOnce();
  });

  it("is cancelled with whoever wants it, for the reason that is given", () => {
    const plain = callOf();
    plain.cancel();
    expect(plain.call.signal.reason).toMatchObject({ code: "cancelled" });
    const reason = new CodemodeError("limit", "a question has not been answered");
    const limit = callOf();
    limit.cancel(reason);
    expect(limit.call.signal.reason).toBe(reason);
    const before = new AbortController();
    before.abort();
    expect(callOf(before).call.signal.reason).toMatchObject({ code: "cancelled" });
  });

  it("that has been answered is neither late nor cancelled any more", () => {
    const { call, cancel } = callOf();
    call.end();
    const { reason } = call.signal;
    cancel();
    vi.advanceTimersByTime(10_000);
    expect(call.signal.reason).toBe(reason);
    expect(reason).not.toBeInstanceOf(CodemodeError);
  });
});
