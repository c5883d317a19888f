import type { ServerContext } from "@modelcontextprotocol/server";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { errandsOf } from "./errands.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const visitor = { signal: new AbortController().signal, askable: {}, logLevel: undefined, log: () => undefined };
const ctx = { mcpReq: {} } as ServerContext;

function push(onKept = () => {}) {
  const work = Promise.withResolvers<string>();
  const errands = errandsOf({ finishedMs: 1_000 }, onKept);
  const job = { name: "x", args: {}, work: () => work.promise, gone: (text: string) => text };
  return { errands, end: work.resolve, result: errands.push(job, visitor, ctx) };
}

it("an errand of the 2025 revisions counts until its caller can no longer come back for the result", async () => {
  const { errands, end, result } = push();
  expect(errands.parked).toBe(1);
  end("done");
  expect(await result).toBe("done");
  vi.advanceTimersByTime(999);
  expect(errands.parked).toBe(1);
  vi.advanceTimersByTime(1);
  expect(errands.parked).toBe(0);
});

it("one that lasts says so, in case nothing else keeps the Workspace alive", async () => {
  let said = 0;
  const onKept = () => {
    said += 1;
  };
  const lasting = push(onKept);
  vi.advanceTimersByTime(19_999);
  expect(said).toBe(0);
  vi.advanceTimersByTime(1);
  expect(said).toBe(1);
  lasting.end("done");
  await lasting.result;
  const short = push(onKept);
  short.end("done");
  await short.result;
  vi.advanceTimersByTime(60_000);
  expect(said).toBe(1);
});
