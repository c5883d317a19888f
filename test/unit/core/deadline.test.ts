import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Deadline } from "../../../src/core/deadline.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How long a deadline of a second takes to pass, in ms, `act` being called with it once it counts. */
function passesAfter(act: (deadline: Deadline) => void): number {
  const deadline = new Deadline(1_000);
  deadline.start();
  const startedAt = Date.now();
  act(deadline);
  while (!deadline.passed.aborted && Date.now() - startedAt < 10_000) vi.advanceTimersByTime(1);
  return Date.now() - startedAt;
}

it("passes after its time, not a millisecond earlier", () => {
  expect(passesAfter(() => undefined)).toBe(1_000);
});

it("does not count before it is started", () => {
  const deadline = new Deadline(1_000);
  vi.advanceTimersByTime(5_000);
  expect(deadline.passed.aborted).toBe(false);
  deadline.start();
  vi.advanceTimersByTime(999);
  expect(deadline.passed.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(deadline.passed.aborted).toBe(true);
});

it("never passes once it has been ended", () => {
  const deadline = new Deadline(1_000);
  deadline.start();
  deadline.end();
  deadline.pause();
  deadline.resume();
  vi.advanceTimersByTime(5_000);
  expect(deadline.passed.aborted).toBe(false);
});

it("stands still while it is paused, for as long as that takes", () => {
  const took = passesAfter((deadline) => {
    vi.advanceTimersByTime(400);
    deadline.pause();
    vi.advanceTimersByTime(3_000);
    deadline.resume();
  });
  expect(took).toBe(4_000);
});

it("goes on when the last of those who paused it has resumed", () => {
  const took = passesAfter((deadline) => {
    deadline.pause();
    vi.advanceTimersByTime(100);
    deadline.pause();
    vi.advanceTimersByTime(100);
    deadline.resume();
    vi.advanceTimersByTime(100);
    deadline.resume();
  });
  expect(took).toBe(1_300);
});

it("does not count if it is started while it is paused", () => {
  const deadline = new Deadline(1_000);
  deadline.pause();
  deadline.start();
  vi.advanceTimersByTime(5_000);
  expect(deadline.passed.aborted).toBe(false);
  deadline.resume();
  vi.advanceTimersByTime(1_000);
  expect(deadline.passed.aborted).toBe(true);
});
