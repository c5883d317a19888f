import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CodemodeError } from "../../../src/core/errors.ts";
import { parse, refusalOf } from "./parse.ts";

/** True if the text is parsed or refused in the one way; lets everything else through. */
function parsesOrRefuses(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch (thrown) {
    if (!(thrown instanceof CodemodeError)) throw thrown;
    return thrown.code === "config" && thrown.message.split("\n").every((line) => /^\S.*: .|^\.\.\. and/.test(line));
  }
}

const KEYS = [
  "mcpServers",
  "limits",
  "auth",
  "allowedHosts",
  "allowedOrigins",
  "servers",
  "inputs",
  "url",
  "serverUrl",
  "command",
  "args",
  "env",
  "cwd",
  "headers",
  "type",
  "disabled",
  "disabledTools",
  "callMs",
  "a",
  "b-c",
  "b_c",
  "",
  "__proto__",
  "constructor",
  "toString",
  "with space",
];
const leaf = fc.oneof(
  fc.constantFrom<unknown>("https://a.b", "${env:A}", "${A", "${input:x}", "sse", "stdio", "token", "https://u:p@h", true, null, 1, 1e300),
  fc.string({ unit: "binary" }),
);
const config = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    leaf,
    fc.array(tie("node"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie("node"), { maxKeys: 5, noNullPrototype: true }),
  ),
})).node;
const entries = fc.dictionary(fc.constantFrom(...KEYS), config, { maxKeys: 5 });

describe("parseConfig throws nothing but a refusal", () => {
  it("for any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), parsesOrRefuses), { numRuns: 300 });
  });

  it("for any text of JSON's own characters", () => {
    const unit = fc.constantFrom(..."{}[]:,\"\\/*\n\r\u2028 truefalsn0123-+.eE$_x'\0\uFEFF\uD800");
    fc.assert(fc.property(fc.string({ unit, maxLength: 60 }), parsesOrRefuses), { numRuns: 500 });
  });

  it("for any JSON", () => {
    fc.assert(fc.property(fc.json(), parsesOrRefuses), { numRuns: 200 });
  });

  it("for anything that resembles a configuration", () => {
    fc.assert(
      fc.property(
        fc.record({ mcpServers: fc.oneof(entries, config), limits: config, allowedHosts: config }, { requiredKeys: [] }),
        (value) => parsesOrRefuses(JSON.stringify(value)),
      ),
      { numRuns: 500 },
    );
  });

  it("for a valid text that is cut or loses a character", () => {
    const text =
      '// c\n{ "mcpServers": { "a": { "url": "https://a.b", "headers": { "X": "${A:-b}" } }, "b": { "command": "x", "args": ["-y",] } } }';
    for (let at = 0; at < text.length; at += 1) {
      expect(parsesOrRefuses(text.slice(0, at))).toBe(true);
      expect(parsesOrRefuses(text.slice(0, at) + text.slice(at + 1))).toBe(true);
    }
  });
});

describe("no message quotes a value", () => {
  const secret = "hunter2hunter2";
  it.each([
    { mcpServers: { a: { url: `https://me:${secret}@example.com` } } },
    { mcpServers: { a: { url: secret } } },
    { mcpServers: { a: { url: `ftp://example.com/?key=${secret}` } } },
    { mcpServers: { a: { url: "https://a.b", headers: { Authorization: `${secret}\n`.repeat(2) } } } },
    { mcpServers: { a: { url: "https://a.b", headers: `X-Key: ${secret}` } } },
    { mcpServers: { a: { command: "x", env: { A: `\${${secret}-}` } } } },
    { mcpServers: { a: { command: "x", env: { A: `${secret}\${input:x}` } } } },
    { mcpServers: { a: { command: "x", args: [`${secret}\0`], cwd: `\${${secret}` } } },
    { mcpServers: { a: secret } },
    { mcpServers: { a: { command: "x", type: secret, disabled: secret, apiKey: secret } } },
    { mcpServers: {}, auth: secret, limits: { callMs: secret }, allowedHosts: [`${secret}:1`], allowedOrigins: [`https://${secret}@a.b`] },
    { mcpServers: {}, token: secret },
    `{"mcpServers": {"a": {"url": "https://a.b", "headers": {"X": "${secret}, "Y": ${secret}}}}}`,
    `{"mcpServers": {}, "a": "${secret}", "a": "${secret}"}`,
  ])("%#", (input) => {
    const refusal = refusalOf(input);
    expect(`${refusal.message} ${refusal.remedy} ${refusal.stack}`).not.toContain(secret);
    expect(refusal.cause).toBeUndefined();
  });
});
