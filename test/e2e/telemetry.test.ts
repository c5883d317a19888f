import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { startProxy } from "../support/proxy.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";

interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue: string } }[];
  readonly status: { readonly code: number };
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A collector: `next` resolves with the spans of the next request. */
async function startCollector(status = 200) {
  const waiting: ((spans: { spans: SentSpan[]; headers: Record<string, unknown> }) => void)[] = [];
  const server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => void (body += chunk.toString()));
    request.on("end", () => {
      response.writeHead(status, { "content-type": "application/json" }).end("{}");
      expect(request.url).toBe("/v1/traces");
      const { resourceSpans } = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[] };
      waiting.shift()?.({
        spans: resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
        headers: request.headers,
      });
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => void server.close(resolve)));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: () => new Promise<{ spans: SentSpan[]; headers: Record<string, unknown> }>((resolve) => waiting.push(resolve)),
  };
}

async function start(config: object, env: Record<string, string> = {}) {
  const peer = await startUpstream("modern", {
    pages: [["list", "fail"].map((name) => tool(name))],
    call: ({ name }) => (name === "fail" ? { ...text("s3cr3t"), isError: true } : text("s3cr3t")),
  });
  closing.push(() => peer.close());
  const proxy = await startProxy({ mcpServers: { peer: { url: peer.url, passthrough: true } }, ...config }, { env });
  closing.push(() => proxy.stop());
  const client = new Client({ name: "traced", version: "1.0.0" }, { versionNegotiation: { mode: "auto" } });
  await client.connect(new StreamableHTTPClientTransport(proxy.url));
  closing.push(() => client.close());
  const call = (name: string, args: Record<string, unknown>, meta: Record<string, unknown> = {}) =>
    client.callTool({ name, arguments: args, _meta: meta });
  return { peer, proxy, call };
}

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT = "00f067aa0ba902b7";
const meta = { traceparent: `00-${TRACE}-${PARENT}-01`, tracestate: "a=b" };
const CODE = 'await peer.list({ secret: "s3cr3t" }); await peer.fail().catch(() => 0); return "s3cr3t"';

describe("spans", () => {
  it("of an execution and its calls reach the collector, as a part of the caller's trace", async () => {
    const collector = await startCollector();
    const { peer, call } = await start(
      { telemetry: { endpoint: collector.endpoint, headers: { "x-key": "${env:COLLECTOR_KEY}" } } },
      { COLLECTOR_KEY: "key-0123456789" },
    );
    const sent = collector.next();
    await call("execute_code", { code: CODE }, meta);
    const { spans, headers } = await sent;
    expect(headers["x-key"]).toBe("key-0123456789");
    const [whole, list, fail] = spans;
    expect(spans.map(({ name, kind, status, traceId }) => [name, kind, status.code, traceId])).toEqual([
      ["execute_code", 2, 1, TRACE],
      ["peer.list", 3, 1, TRACE],
      ["peer.fail", 3, 2, TRACE],
    ]);
    expect([whole?.parentSpanId, list?.parentSpanId, fail?.parentSpanId]).toEqual([PARENT, whole?.spanId, whole?.spanId]);
    expect(Object.fromEntries(whole?.attributes.map(({ key, value }) => [key, value.stringValue]) ?? [])).toEqual({
      "codemode.outcome": "returned",
      "codemode.client": "traced 1.0.0",
      "codemode.caller": "owner",
    });
    for (const span of spans) expect(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano)).toBe(true);
    expect(JSON.stringify(spans)).not.toContain("s3cr3t");
    expect(peer.calls.map((one) => [one.meta["traceparent"], one.meta["tracestate"]])).toEqual(
      [list, fail].map((span) => [`00-${TRACE}-${span?.spanId}-01`, "a=b"]),
    );
  });

  it("of a call that is passed through as well, and the environment says where to", async () => {
    const collector = await startCollector();
    const { peer, call } = await start({}, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint });
    const sent = collector.next();
    await call("list", {});
    const { spans } = await sent;
    expect(spans.map(({ name }) => name)).toEqual(["tools/call", "peer.list"]);
    expect(peer.calls[0]?.meta["traceparent"]).toBe(`00-${spans[0]?.traceId}-${spans[1]?.spanId}-01`);
  });

  it("cost nothing but a warning where the collector fails", async () => {
    const collector = await startCollector(500);
    const { call, proxy } = await start({ telemetry: { endpoint: collector.endpoint } });
    const warned = new Promise<void>((resolve) => {
      proxy.child.stderr?.on("data", () => {
        if (proxy.stderr().includes("telemetry: spans cannot be sent")) resolve();
      });
    });
    expect((await call("execute_code", { code: "return 1" })).content).toEqual([{ type: "text", text: "1" }]);
    await warned;
    expect(proxy.stderr()).toContain(`spans cannot be sent to ${collector.endpoint} (HTTP 500)`);
  });
});

describe("without a collector", () => {
  it("the caller's trace context reaches upstreams as it is, and nothing else of its _meta", async () => {
    const { peer, call } = await start({});
    await call("execute_code", { code: "return await peer.list()" }, { ...meta, "example.com/other": 1, baggage: "user=ann" });
    await call("list", {}, meta);
    await call("execute_code", { code: "return await peer.list()" }, { traceparent: "made up" });
    const seen = peer.calls.map((one) => ["traceparent", "tracestate", "baggage", "example.com/other"].map((key) => one.meta[key]));
    expect(seen).toEqual([
      [meta.traceparent, "a=b", undefined, undefined],
      [meta.traceparent, "a=b", undefined, undefined],
      [undefined, undefined, undefined, undefined],
    ]);
  });
});
