import { describe, expect, it } from "vitest";
import { buildCatalog } from "../../../src/catalog/catalog.ts";
import { DEFAULT_LIMITS } from "../../../src/core/limits.ts";
import type { Limits } from "../../../src/core/limits.ts";
import { Trace } from "../../../src/core/trace.ts";
import { BlockCollector } from "../../../src/execute/blocks.ts";
import { Bridge } from "../../../src/execute/bridge.ts";
import { ConsoleCollector } from "../../../src/execute/console.ts";
import { Ledger } from "../../../src/execute/ledger.ts";
import { Reports } from "../../../src/execute/reports.ts";
import { ResultShapes } from "../../../src/execute/result-shapes.ts";
import { keptInMemory } from "../../support/kept-results.ts";
import { offeredBy } from "../../support/scripted-offers.ts";
import { SILENT_RELAY } from "../../support/silent-relay.ts";

/** A bridge to one tool that answers when it is let go, as a program that has got hold of it would find it: without the harness. */
function bridgeWith(changed: Partial<Limits>): { bridge: Bridge; arrived: Record<string, unknown>[]; letGo: () => void } {
  const limits = { ...DEFAULT_LIMITS, ...changed };
  const catalog = buildCatalog([{ key: "peer", status: "ready", tools: [{ name: "hold", inputSchema: { type: "object" } }], skipped: [] }]);
  const arrived: Record<string, unknown>[] = [];
  const waiting: (() => void)[] = [];
  const hold = async (what: Record<string, unknown>) => {
    arrived.push(what);
    await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const read = async (uri: string) => {
    await hold({ uri });
    return { contents: [] };
  };
  const bridge = new Bridge({
    catalog: () => catalog,
    callUpstream: async (_key, _tool, args) => {
      await hold(args);
      return { content: [{ type: "text", text: "let go" }] };
    },
    rereadUpstream: async () => undefined,
    approve: async () => undefined,
    signIn: async () => undefined,
    offered: offeredBy({ peer: { read } }),
    limits,
    ledger: new Ledger(Date.now),
    shapes: new ResultShapes(),
    console: new ConsoleCollector(limits),
    blocks: new BlockCollector(limits),
    results: keptInMemory(),
    reports: new Reports(SILENT_RELAY),
    trace: new Trace(undefined, false),
    relayOf: () => SILENT_RELAY,
    allowed: Promise.resolve(),
    signal: new AbortController().signal,
  });
  return { bridge, arrived, letGo: () => waiting.splice(0).forEach((go) => go()) };
}

/** A request of so many bytes; `é` takes two. */
function request(bytes: number): string {
  const empty = JSON.stringify({ op: "call", namespace: "peer", tool: "hold", args: { a: "é" } });
  return empty.replace("é", `é${"x".repeat(bytes - new TextEncoder().encode(empty).length)}`);
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
const PASSED = '{"value":"let go"}';

describe("inFlightBytes", () => {
  const refused =
    /^\{"error":\{"code":"limit","message":"the arguments of the calls under way are larger than inFlightBytes = 1000 bytes\. Send less at once, or raise limits\.inFlightBytes/;

  it("so much passes at once, not a byte more, and as much again when the first calls have been answered", async () => {
    const { bridge, arrived, letGo } = bridgeWith({ inFlightBytes: 1_000 });
    const first = [bridge.request(request(600)), bridge.request(request(400))];
    expect(await bridge.request(request(80))).toMatch(refused);
    await turn();
    letGo();
    expect(await Promise.all(first)).toEqual([PASSED, PASSED]);
    const second = [bridge.request(request(600)), bridge.request(request(401))];
    expect(await second[1]).toMatch(refused);
    await turn();
    letGo();
    expect(await second[0]).toBe(PASSED);
    expect(arrived).toHaveLength(3);
  });

  it("counts what waits for its turn as well", async () => {
    const { bridge, arrived, letGo } = bridgeWith({ inFlightBytes: 1_000, callsInFlight: 1 });
    const both = [bridge.request(request(500)), bridge.request(request(500))];
    await turn();
    expect(arrived).toHaveLength(1);
    expect(await bridge.request(request(100))).toMatch(refused);
    for (const _ of both) {
      letGo();
      await turn();
    }
    expect(await Promise.all(both)).toEqual([PASSED, PASSED]);
  });

  it("is given back by what fails", async () => {
    const { bridge, letGo } = bridgeWith({ inFlightBytes: 1_000 });
    for (let round = 0; round < 3; round += 1) {
      expect(await bridge.request(request(900).replace('"hold"', '"none"'))).toContain("tool_unknown");
      expect(await bridge.request(request(900).replace("{", ""))).toContain('"error"');
    }
    const passes = bridge.request(request(1_000));
    await turn();
    letGo();
    expect(await passes).toBe(PASSED);
  });
});

describe("callsInFlight", () => {
  it("so many are under way at once, calls of tools and reads of resources together, and one more waits for a place", async () => {
    const { bridge, arrived, letGo } = bridgeWith({ callsInFlight: 2 });
    const call = JSON.stringify({ op: "call", namespace: "peer", tool: "hold", args: { n: 1 } });
    const reads = ["a:1", "a:2"].map((uri) => JSON.stringify({ op: "resources.read", uri: `codemode://peer/${uri}` }));
    const answers = [...reads, call].map((text) => bridge.request(text));
    await turn();
    expect(arrived).toEqual([{ uri: "a:1" }, { uri: "a:2" }]);
    letGo();
    expect(await Promise.all(answers.slice(0, 2))).toEqual(['{"value":{"contents":[]}}', '{"value":{"contents":[]}}']);
    await turn();
    expect(arrived).toEqual([{ uri: "a:1" }, { uri: "a:2" }, { n: 1 }]);
    letGo();
    expect(await answers[2]).toBe(PASSED);
  });
});
