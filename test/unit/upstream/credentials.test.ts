import { describe, expect, it } from "vitest";
import type { HttpUpstreamConfig } from "../../../src/config/schema.ts";
import { resolveTarget } from "../../../src/upstream/credentials.ts";

const upstream = (more: Partial<HttpUpstreamConfig>): HttpUpstreamConfig => ({
  kind: "http",
  key: "peer",
  namespace: "peer",
  url: "https://peer.example/mcp",
  headers: {},
  transport: "auto",
  ...more,
});
const env = (name: string) => ({ TOKEN: "token-value-1234\n", SHORT: "abc", HOST: "peer.example" })[name];

describe("the target of an HTTP upstream", () => {
  it("has its references filled in, at the moment of use", () => {
    const { url, headers } = resolveTarget(
      upstream({ url: "https://${HOST}/mcp?key=${env:TOKEN}", headers: { authorization: "Bearer ${env:TOKEN}" } }),
      env,
    );
    expect(url.href).toBe("https://peer.example/mcp?key=token-value-1234");
    expect(headers).toEqual({ authorization: "Bearer token-value-1234" });
  });

  it.each([
    ["a variable's value", "got token-value-1234 back", "got [secret] back"],
    ["a query's value", "https://peer.example/mcp?key=query-value", "https://peer.example/mcp?key=[secret]"],
    ["a header's value without its scheme", "bad literal-secret", "bad [secret]"],
    ["every occurrence", "token-value-1234token-value-1234", "[secret][secret]"],
    ["nothing of an ordinary text", "Bearer abc is not known", "Bearer abc is not known"],
  ])("redacts %s", (_what, text, expected) => {
    const target = resolveTarget(
      upstream({ url: "https://peer.example/mcp?key=query-value&s=${SHORT}", headers: { a: "Token ${TOKEN}", b: "Basic literal-secret" } }),
      env,
    );
    expect(target.redact(text)).toBe(expected);
  });

  it("a missing variable is named with its key path, and no value", () => {
    const config = upstream({ url: "https://peer.example/?k=${TOKEN}", headers: { "x-key": "${env:MISSING}" } });
    expect(() => resolveTarget(config, env)).toThrow("mcpServers.peer.headers.x-key: environment variable MISSING is not set");
  });

  it("an address that is none once filled in is refused without showing it", () => {
    const config = upstream({ url: "${TOKEN}" });
    expect(() => resolveTarget(config, env)).toThrow(/^mcpServers\.peer\.url: /);
    expect(() => resolveTarget(config, env)).not.toThrow(/token-value/);
  });
});
