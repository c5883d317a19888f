import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resolveHttpUpstream, resolveReferences, resolveStdioUpstream, withFolders } from "../../../src/config/env-references.ts";
import { referencedNames } from "../../../src/config/referenced-names.ts";
import type { HttpUpstreamConfig, StdioUpstreamConfig } from "../../../src/config/schema.ts";
import { parse, thrownBy } from "./parse.ts";

const SECRET = "s3cr3t-value";
const VALUES: ReadonlyMap<string, string> = new Map([
  ["TOKEN", SECRET],
  ["EMPTY", ""],
  ["NESTED", "${TOKEN}"],
  ["DOLLARS", "$& $1 $$"],
  ["HOST", "mcp.example.com"],
  ["BROKEN", `${SECRET}\nX-Other: 1`],
  ["PIPED", `${SECRET}\n`],
  ["WITH_USER", `https://me:${SECRET}@example.com`],
]);
const env = (name: string) => VALUES.get(name);

describe("resolveReferences", () => {
  it.each([
    ["no reference", "no reference"],
    ["${TOKEN}", SECRET],
    ["${env:TOKEN}", SECRET],
    ["Bearer ${env:TOKEN}!", `Bearer ${SECRET}!`],
    ["${TOKEN}${env:HOST}", `${SECRET}mcp.example.com`],
    ["${GONE:-fallback}", "fallback"],
    ["${env:GONE:-https://a.b/c?d=e-f:-g}", "https://a.b/c?d=e-f:-g"],
    ["${GONE:-}", ""],
    ["${TOKEN:-fallback}", SECRET],
    ["${EMPTY:-fallback}", ""],
    ["${NESTED}", "${TOKEN}"],
    ["${DOLLARS}", "$& $1 $$"],
    ["$TOKEN $$ {TOKEN} %TOKEN%", "$TOKEN $$ {TOKEN} %TOKEN%"],
    ["$${TOKEN}", `$${SECRET}`],
  ])("%s", (value, expected) => {
    expect(resolveReferences(value, "here", env)).toBe(expected);
  });

  it("refuses a variable that is not set, by key path and name", () => {
    const thrown = thrownBy(() => resolveReferences("${TOKEN} ${env:GONE}", "mcpServers.a.url", env));
    expect(thrown).toMatchObject({
      code: "config",
      message: "mcpServers.a.url: environment variable GONE is not set",
      remedy: "Set GONE in the environment of the proxy (a secret of the Worker if it is deployed), or write ${env:GONE:-default}.",
    });
  });

  it("takes nothing but strings from a lookup that answers with more", () => {
    const object: Record<string, string> = {};
    for (const name of ["constructor", "toString", "__proto__"]) {
      const thrown = thrownBy(() => resolveReferences(`\${${name}}`, "here", (key) => object[key]));
      expect(thrown.message).toBe(`here: environment variable ${name} is not set`);
    }
  });

  it("leaves a resolved text as it is, whatever it holds", () => {
    fc.assert(fc.property(fc.string(), (text) => resolveReferences("<${A}>", "here", () => text) === `<${text}>`));
  });
});

describe("withFolders", () => {
  const local = withFolders((name) => (name === "HOME" ? "/home/env" : undefined), {
    userHome: "/home/me",
    workspaceFolder: "/work space",
  });

  it("answers the two folders and everything that the environment has", () => {
    expect(resolveReferences("${userHome}|${workspaceFolder}|${HOME}|${env:GONE:-x}", "here", local)).toBe(
      "/home/me|/work space|/home/env|x",
    );
    expect(local("GONE")).toBeUndefined();
  });
});

const http: HttpUpstreamConfig = {
  kind: "http",
  key: "my server",
  namespace: "my_server",
  url: "https://${HOST}/mcp",
  headers: { Authorization: "Bearer ${env:TOKEN}", "X-Plain": "a" },
  transport: "auto",
};
const stdio: StdioUpstreamConfig = {
  kind: "stdio",
  key: "b",
  namespace: "b",
  command: "${CMD:-npx}",
  args: ["-y", "--key=${TOKEN}"],
  env: { KEY: "${TOKEN}" },
  cwd: "${HOST}",
};

describe("an HTTP upstream at use", () => {
  it("has its URL and headers resolved", () => {
    expect(resolveHttpUpstream(http, env)).toEqual({
      url: "https://mcp.example.com/mcp",
      headers: { Authorization: `Bearer ${SECRET}`, "X-Plain": "a" },
    });
  });

  it("loses the line break that a piped secret ends in", () => {
    expect(resolveHttpUpstream({ ...http, headers: { "X-Key": "${PIPED}" } }, env).headers).toEqual({ "X-Key": SECRET });
  });

  it.each([
    [{ url: "${TOKEN}" }, 'mcpServers["my server"].url: Not an absolute URL. Write it in full, as in https://example.com/mcp.'],
    [
      { url: "${WITH_USER}" },
      'mcpServers["my server"].url: Contains a user name or a password. Put the credentials into "headers", as in "Authorization": "Basic ${env:NAME}".',
    ],
    [{ url: "${GONE}" }, 'mcpServers["my server"].url: environment variable GONE is not set'],
    [{ headers: { "X-Key": "${GONE}" } }, 'mcpServers["my server"].headers.X-Key: environment variable GONE is not set'],
    [
      { headers: { "X-Key": "${BROKEN}" } },
      'mcpServers["my server"].headers.X-Key: Contains a line break or another character that a header cannot carry.',
    ],
  ])("is refused for %j without its value", (change, message) => {
    const thrown = thrownBy(() => resolveHttpUpstream({ ...http, ...change }, env));
    expect(thrown).toMatchObject({ code: "config", message });
    expect(`${thrown.message} ${thrown.remedy} ${thrown.stack}`).not.toContain(SECRET);
  });
});

describe("a stdio upstream at use", () => {
  it("has every string resolved", () => {
    expect(resolveStdioUpstream(stdio, env)).toEqual({
      command: "npx",
      args: ["-y", `--key=${SECRET}`],
      env: { KEY: SECRET },
      cwd: "mcp.example.com",
    });
  });

  it.each([
    [{ command: "${GONE}" }, "mcpServers.b.command: environment variable GONE is not set"],
    [{ args: ["${TOKEN}", "${GONE}"] }, "mcpServers.b.args[1]: environment variable GONE is not set"],
    [{ env: { KEY: "${GONE}" } }, "mcpServers.b.env.KEY: environment variable GONE is not set"],
    [{ cwd: "${GONE}" }, "mcpServers.b.cwd: environment variable GONE is not set"],
  ])("is refused for %j by its key path", (change, message) => {
    expect(thrownBy(() => resolveStdioUpstream({ ...stdio, ...change }, env)).message).toBe(message);
  });
});

describe("referencedNames", () => {
  it("lists what HTTP upstreams the door and telemetry refer to, and nothing else", () => {
    const config = parse({
      callers: { laptop: { token: "${env:LAPTOP_TOKEN}" } },
      signIn: { passphrase: "${OWNER_PASSPHRASE}" },
      telemetry: { endpoint: "https://${COLLECTOR}", headers: { k: "${COLLECTOR_KEY}" } },
      mcpServers: {
        a: { url: "https://${env:HOST}/${PATH_PART:-mcp}", headers: { A: "${TOKEN}", B: "Bearer ${env:TOKEN} $PLAIN" } },
        b: { command: "${CMD}", env: { X: "${OTHER}" } },
        c: { url: "${OFF}", disabled: true },
      },
    });
    expect(referencedNames(config)).toEqual(
      new Set(["HOST", "PATH_PART", "TOKEN", "OWNER_PASSPHRASE", "LAPTOP_TOKEN", "COLLECTOR", "COLLECTOR_KEY"]),
    );
  });
});
