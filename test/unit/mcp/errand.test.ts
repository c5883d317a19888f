import type { CallToolResult } from "@modelcontextprotocol/server";
import { describe, expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../../src/core/limits.ts";
import type { LogMessage } from "../../../src/core/log-message.ts";
import type { CallContext, ProgressUpdate } from "../../../src/core/relay.ts";
import { Errand } from "../../../src/mcp/errand.ts";
import type { Visitor } from "../../../src/mcp/errand.ts";

const RESULT: CallToolResult = { content: [{ type: "text", text: "done" }] };

/** An errand whose work ends when it is told to. */
function errandOf() {
  const end = Promise.withResolvers<CallToolResult>();
  let context: CallContext | undefined;
  const work = (given: CallContext) => {
    context = given;
    return end.promise;
  };
  const errand = new Errand(work, { ask: () => Promise.reject(new Error("nobody")) }, { askable: {}, logLevel: undefined }, DEFAULT_LIMITS);
  return { errand, context: context!, end };
}

function visitor(): Visitor & { leave: () => void; told: ProgressUpdate[]; logged: LogMessage[] } {
  const controller = new AbortController();
  const told: ProgressUpdate[] = [];
  const logged: LogMessage[] = [];
  return {
    signal: controller.signal,
    askable: {},
    logLevel: "info",
    leave: () => controller.abort(),
    progress: (update) => told.push(update),
    told,
    log: (message) => logged.push(message),
    logged,
  };
}

describe("an errand", () => {
  it("gives log messages to those who are there, and asks upstreams for what the latest of them wants", () => {
    const { errand } = errandOf();
    expect(errand.logLevel).toBeUndefined();
    const [first, second] = [visitor(), visitor()];
    const visit = errand.visit(first);
    errand.log({ level: "info", logger: "a", data: 1 });
    expect(errand.logLevel).toBe("info");
    errand.visit({ ...second, logLevel: "debug" });
    expect(errand.logLevel).toBe("debug");
    visit.end();
    errand.log({ level: "info", logger: "a", data: 2 });
    expect([first.logged, second.logged].map((logged) => logged.map(({ data }) => data))).toEqual([[1], [2]]);
  });

  it("gives every visitor the one result, the late ones too", async () => {
    const { errand, end } = errandOf();
    const visits = [errand.visit(visitor()).result, errand.visit(visitor()).result];
    end.resolve(RESULT);
    expect(await Promise.all(visits)).toEqual([RESULT, RESULT]);
    expect(await errand.visit(visitor()).result).toBe(RESULT);
  });

  it("gives every visitor the error, and needs nobody there when it fails", async () => {
    const { errand, end } = errandOf();
    end.reject(new Error("no"));
    await expect(errand.visit(visitor()).result).rejects.toThrow("no");
    await expect(errand.visit(visitor()).result).rejects.toThrow("no");
  });

  it("is stopped when the last visitor cancels, and not before", () => {
    const { errand, context } = errandOf();
    const [first, second] = [visitor(), visitor()];
    void errand.visit(first).result;
    void errand.visit(second).result;
    first.leave();
    expect(context.signal.aborted).toBe(false);
    second.leave();
    expect(context.signal.aborted).toBe(true);
  });

  it("is stopped by a visitor who had cancelled before it came", () => {
    const { errand, context } = errandOf();
    const gone = visitor();
    gone.leave();
    void errand.visit(gone).result;
    expect(context.signal.aborted).toBe(true);
  });

  it("tells those who are there how far it is, and whoever comes later the latest", async () => {
    const { errand, context, end } = errandOf();
    const [first, second] = [visitor(), visitor()];
    void errand.visit(first).result;
    context.relay.progress({ message: "a" });
    const visit = errand.visit(second);
    context.relay.progress({ message: "b" });
    first.leave();
    context.relay.progress({ message: "c" });
    expect([first.told, second.told].map((told) => told.map(({ message }) => message))).toEqual([
      ["a", "b"],
      ["a", "b", "c"],
    ]);
    end.resolve(RESULT);
    await visit.result;
    visit.end();
    context.relay.progress({ message: "d" });
    expect(second.told).toHaveLength(3);
  });
});
