import { describe, expect, it } from "vitest";
import { parse, refusalOf } from "./parse.ts";

const HTTP = { url: "https://example.com/mcp" };
const TOP_KEYS =
  "Valid keys: $schema, mcpServers, auth, callers, signIn, publicUrl, description, policy, profiles, audit, telemetry, result, features, learn, check, limits, allowedHosts, allowedOrigins.";
const HTTP_KEYS = "Valid keys: url, headers, auth, oauth, type, disabled, passthrough.";
const STDIO_KEYS = "Valid keys: command, args, env, cwd, type, disabled, passthrough.";
const NOT_ABSOLUTE = "Not an absolute URL. Write it in full, as in https://example.com/mcp.";
const CREDENTIALS = 'Contains a user name or a password. Put the credentials into "headers", as in "Authorization": "Basic ${env:NAME}".';
const NO_FILTER =
  "The proxy offers every tool of an upstream, so this choice would be lost without a word. Remove the key only if you can do without it.";
const REFERENCE = "Write a reference such as ${env:NAME}, not the secret itself.";
const NO_LOGIN = 'Write "auth": "oauth", or put a token into "headers", as in "Authorization": "Bearer ${env:NAME}".';
const NO_REFERENCE =
  "Contains a ${...} that is no reference. Write ${env:NAME} or ${env:NAME:-default}; NAME has letters, digits and _ only.";
const INPUT = "VS Code's ${input:...} asks a person and cannot be resolved here. Write ${env:NAME} and set NAME in the environment.";
const HOST = "Not a host name. Write it without scheme, port and path, as in proxy.example.com.";
const ORIGIN = "Not an origin. Write scheme, host and port as a browser sends them, as in https://app.example.com.";

/** An entry of `mcpServers` under the key `x`, and the lines that it is refused with, after `mcpServers.x`. */
const ENTRIES: readonly (readonly [name: string, entry: unknown, ...lines: string[]])[] = [
  [
    "a misspelled command",
    { comand: "npx" },
    ': Needs "url" (an MCP server over HTTP) or "command" (a program to start).',
    `.comand: Unknown key "comand". Did you mean "command"? ${STDIO_KEYS}`,
  ],
  [
    "a misspelled url",
    { URL: "https://a.b" },
    ': Needs "url" (an MCP server over HTTP) or "command" (a program to start).',
    `.URL: Unknown key "URL". Did you mean "url"? ${HTTP_KEYS}`,
  ],
  ["nothing", {}, ': Needs "url" (an MCP server over HTTP) or "command" (a program to start).'],
  [
    "arguments alone",
    { args: [1] },
    ': Needs "url" (an MCP server over HTTP) or "command" (a program to start).',
    ".args[0]: Expected a string, got a number. Put it into quotes.",
  ],
  ["url and command", { ...HTTP, command: "npx", args: [] }, ': Has "url" and "command". Keep one of them.'],
  ["url and serverUrl", { ...HTTP, serverUrl: HTTP.url }, ': Has "url" and "serverUrl". Keep one of them.'],
  ["a string", "https://example.com", ": Expected an object, got a string."],
  ["null", null, ": Expected an object, got null."],
  ["an array", [HTTP], ": Expected an object, got an array."],
  ["a relative URL", { url: "example.com/mcp" }, `.url: ${NOT_ABSOLUTE}`],
  ["an empty URL", { serverUrl: "" }, `.serverUrl: ${NOT_ABSOLUTE}`],
  ["another scheme", { url: "ws://example.com" }, ".url: Not an http or https URL."],
  ["a file URL", { url: "file:///etc/passwd" }, ".url: Not an http or https URL."],
  ["user and password in the URL", { url: "https://me:hunter2@example.com" }, `.url: ${CREDENTIALS}`],
  ["a user in the URL", { url: "https://hunter2@example.com" }, `.url: ${CREDENTIALS}`],
  ["a URL that is no string", { url: 3 }, ".url: Expected a string, got a number. Put it into quotes."],
  ["a header name with a space", { ...HTTP, headers: { "X Key": "a" } }, '.headers["X Key"]: Not the name of a header.'],
  [
    "a header with a line break",
    { ...HTTP, headers: { "X-Key": "a\r\nX-Other: b" } },
    ".headers.X-Key: Contains a line break or another character that a header cannot carry.",
  ],
  [
    "a header that is no string",
    { ...HTTP, headers: { "X-Key": true } },
    ".headers.X-Key: Expected a string, got a boolean. Put it into quotes.",
  ],
  ["headers as a list", { ...HTTP, headers: ["X-Key: a"] }, ".headers: Expected an object, got an array."],
  ["a type of the other form", { ...HTTP, type: "stdio" }, '.type: Expected "http", "streamable-http", "streamableHttp" or "sse".'],
  ["an HTTP type for a program", { command: "x", type: "http" }, '.type: Expected "stdio".'],
  ["headers for a program", { command: "x", headers: {} }, '.headers: Does not go with "command".'],
  ["env for a URL", { ...HTTP, env: {} }, '.env: Does not go with "url".'],
  ["an empty command", { command: "" }, ".command: Is empty."],
  ["arguments as one string", { command: "x", args: "-y z" }, ".args: Expected an array, got a string."],
  ["a number in env", { command: "x", env: { PORT: 3000 } }, ".env.PORT: Expected a string, got a number. Put it into quotes."],
  ["an impossible variable", { command: "x", env: { "A=B": "1" } }, '.env["A=B"]: Not the name of an environment variable.'],
  ["a NUL", { command: "x", args: ["a\0b"] }, ".args[0]: Contains a NUL character."],
  ["passthrough as a string", { command: "x", passthrough: "no" }, ".passthrough: Expected true or false, got a string."],
  ["disabled as a string", { command: "x", disabled: "yes" }, ".disabled: Expected true or false, got a string."],
  ["a question of VS Code", { ...HTTP, headers: { Authorization: "Bearer ${input:token}" } }, `.headers.Authorization: ${INPUT}`],
  ["a question in arguments", { command: "x", args: ["a", "${input:token}"] }, `.args[1]: ${INPUT}`],
  ["a file reference", { ...HTTP, headers: { "X-Key": "${file:/run/secret}" } }, `.headers.X-Key: ${NO_REFERENCE}`],
  ["a reference with a hyphen", { command: "x", cwd: "${MY-DIR}" }, `.cwd: ${NO_REFERENCE}`],
  ["an unclosed reference", { command: "${CMD" }, `.command: ${NO_REFERENCE}`],
  ["a reference in a default", { url: "${A:-${B}}" }, `.url: ${NO_REFERENCE}`],
  ["disabledTools", { ...HTTP, disabledTools: ["rm"] }, `.disabledTools: Unknown key "disabledTools". ${NO_FILTER}`],
  ["includeTools", { command: "x", includeTools: ["ls"] }, `.includeTools: Unknown key "includeTools". ${NO_FILTER}`],
  ["enabled", { command: "x", enabled: false }, '.enabled: Unknown key "enabled". Write "disabled" instead, with the opposite value.'],
  ["headersHelper", { ...HTTP, headersHelper: "x" }, `.headersHelper: Unknown key "headersHelper". ${NO_LOGIN}`],
  ["another kind of auth", { ...HTTP, auth: "basic" }, '.auth: Expected "oauth".'],
  ["a client id that is empty", { ...HTTP, oauth: { clientId: "" } }, ".oauth.clientId: Is empty."],
  ["a client secret in the open", { ...HTTP, oauth: { clientId: "a", clientSecret: "s" } }, `.oauth.clientSecret: ${REFERENCE}`],
  ["a client secret alone", { ...HTTP, oauth: { clientSecret: "${env:S}" } }, '.oauth.clientSecret: Needs "clientId" beside it.'],
  ["a scope with two spaces", { ...HTTP, oauth: { scope: "a  b" } }, ".oauth.scope: Expected scopes with one space between them."],
  [
    "two tokens",
    { ...HTTP, auth: "oauth", headers: { authorization: "Bearer x" } },
    ".headers.authorization: Does not go with OAuth, which sends its own.",
  ],
  ["OAuth for a program", { command: "x", auth: "oauth" }, '.auth: Does not go with "command".'],
  [
    "envFile",
    { command: "x", envFile: ".env" },
    '.envFile: Unknown key "envFile". Not read. Write the variables into "env", with references such as ${env:NAME}.',
  ],
  ["transport", { ...HTTP, transport: "sse" }, '.transport: Unknown key "transport". Rename it to "type".'],
  ["an unknown key", { ...HTTP, zzz: 1 }, `.zzz: Unknown key "zzz". ${HTTP_KEYS}`],
];

describe("an entry of mcpServers with", () => {
  it.each(ENTRIES)("%s is refused", (_name, entry, ...lines) => {
    expect(refusalOf({ mcpServers: { x: entry } }).message.split("\n")).toEqual(lines.map((line) => `mcpServers.x${line}`));
  });
});

const FILES: readonly (readonly [name: string, file: unknown, ...lines: string[]])[] = [
  ["no mcpServers", {}, "mcpServers: Missing."],
  ["nothing in it", "", "mcpServers: Missing."],
  ["comments alone", "// later\n", "mcpServers: Missing."],
  ["an array", [], "configuration: Expected an object, got an array."],
  ["null", null, "configuration: Expected an object, got null."],
  ["mcpServers as a list", { mcpServers: [HTTP] }, "mcpServers: Expected an object, got an array."],
  ["an empty key", { mcpServers: { "": HTTP } }, 'mcpServers[""]: The key is empty.'],
  [
    "a key that needs quotes",
    { mcpServers: { 'my "own"\nserver': 1 } },
    'mcpServers["my \\"own\\"\\nserver"]: Expected an object, got a number.',
  ],
  [
    "VS Code's shape",
    { servers: { a: HTTP }, inputs: [] },
    "mcpServers: Missing.",
    'servers: Unknown key "servers". Rename it to "mcpServers".',
    'inputs: Unknown key "inputs". VS Code asks a person for these values. Remove it, and write ${env:NAME} where a string says ${input:...}.',
  ],
  [
    "an upstream at the top",
    { mcpServers: {}, github: HTTP },
    'github: Unknown key "github". It looks like an upstream: move it into "mcpServers".',
  ],
  ["a misspelled section", { mcpServers: {}, limit: {} }, `limit: Unknown key "limit". Did you mean "limits"? ${TOP_KEYS}`],
  ["an unknown section", { mcpServers: {}, somethingElse: 1 }, `somethingElse: Unknown key "somethingElse". ${TOP_KEYS}`],
  ["an unknown check", { mcpServers: {}, check: true }, 'check: Expected "off", "warn" or "error".'],
  ["an unknown auth", { mcpServers: {}, auth: "hunter2" }, 'auth: Expected "token" or "none".'],
  ["limits as a number", { mcpServers: {}, limits: 5 }, "limits: Expected an object, got a number."],
  ["hosts as a string", { mcpServers: {}, allowedHosts: "a.b" }, "allowedHosts: Expected an array, got a string."],
  [
    "bad hosts",
    { mcpServers: {}, allowedHosts: ["https://a.b", "a.b:80", "*", "a.b/", ""] },
    ...[0, 1, 2, 3, 4].map((at) => `allowedHosts[${at}]: ${HOST}`),
  ],
  [
    "bad origins",
    { mcpServers: {}, allowedOrigins: ["https://a.b/", "https://A.b", "https://a.b:443", "a.b", "*", "null", "https://u@a.b"] },
    ...[0, 1, 2, 3, 4, 5, 6].map((at) => `allowedOrigins[${at}]: ${ORIGIN}`),
  ],
  [
    "two keys for one namespace",
    { mcpServers: { "a-b": HTTP, c: HTTP, a_b: HTTP } },
    'mcpServers.a_b: Makes the namespace "a_b", as "a-b" does. Rename one of the two keys.',
  ],
  [
    "a repeated upstream",
    '{"mcpServers": {\n"a": {"command": "x"},\n"b": {"command": "x"},\n"a": {"command": "y"}}}',
    "mcpServers.a: Line 4 repeats the key of line 2.",
  ],
  [
    "a repeated header",
    '{"mcpServers": {"a": {"url": "https://a.b", "headers": {"X": "1", "X": "2"}}}}',
    "mcpServers.a.headers.X: Line 1 repeats the key of line 1.",
  ],
  ["__proto__ as an upstream", '{"mcpServers": {"__proto__": {"command": "x"}}}', "mcpServers.__proto__: This key cannot be used."],
  [
    "__proto__ in a header record",
    '{"mcpServers": {"a": {"url": "https://a.b", "headers": {"__proto__": "x"}}}}',
    "mcpServers.a.headers.__proto__: This key cannot be used.",
  ],
];

describe("a file with", () => {
  it.each(FILES)("%s is refused", (_name, file, ...lines) => {
    expect(refusalOf(file).message.split("\n")).toEqual(lines);
  });
});

describe("limits", () => {
  it.each([0, -1, 1.5, 3_600_001, Number.MAX_VALUE, "60000", null, true])("refuses %j for a limit", (callMs) => {
    expect(refusalOf({ mcpServers: {}, limits: { callMs } }).message).toBe(
      "limits.callMs: Expected a whole number from 1 to 3600000 (ms).",
    );
  });

  it("names the closest key", () => {
    expect(refusalOf({ mcpServers: {}, limits: { callMss: 5 } }).message).toMatch(
      /^limits\.callMss: Unknown key "callMss"\. Did you mean "callMs"\? Valid keys: bodyBytes, /,
    );
  });
});

const DOOR: readonly (readonly [name: string, config: object, line: string])[] = [
  [
    "a token in the file itself",
    { callers: { laptop: { token: "hunter2hunter2hunter2" } } },
    "callers.laptop.token: Write a reference such as ${env:NAME}, not the token itself.",
  ],
  [
    "a token with a default",
    { callers: { laptop: { token: "${env:A:-hunter2}" } } },
    "callers.laptop.token: Write a reference such as ${env:NAME}, not the token itself.",
  ],
  ["an audit that is no choice", { audit: { programs: "yes" } }, "audit.programs: Expected true or false, got a string."],
  ["a collector without an address", { telemetry: {} }, "telemetry.endpoint: Missing."],
  ["a collector that speaks gRPC", { telemetry: { endpoint: "grpc://a" } }, "telemetry.endpoint: Not an http or https URL."],
  ["a profile with a name in capitals", { profiles: { Small: {} } }, "profiles.Small: A profile's name is 1 to 32 of a-z, 0-9, _ and -."],
  ["a profile that is built in", { profiles: { readonly: {} } }, "profiles.readonly: This profile is built in. Choose another name."],
  [
    "a server that does not exist",
    { mcpServers: { github: HTTP }, profiles: { p: { servers: ["github", "githb"] } } },
    'profiles.p.servers[1]: There is no such key in "mcpServers". Did you mean "github"?',
  ],
  [
    "a pattern that matches nothing in a profile",
    { profiles: { p: { tools: ["list"] } } },
    'profiles.p.tools[0]: Matches no tool. Write upstream and tool, as in "github.delete_*".',
  ],
  [
    "a profile with more than there is",
    { limits: { calls: 5 }, profiles: { p: { limits: { calls: 6 } } } },
    "profiles.p.limits.calls: Larger than limits.calls, which is 5. A profile can only have less.",
  ],
  [
    "a caller with a profile that does not exist",
    { profiles: { small: {} }, callers: { a: { token: "${A}", profile: "smal" } } },
    'callers.a.profile: There is no such profile. Did you mean "small"?',
  ],
  ["a name in capitals", { callers: { Laptop: { token: "${A}" } } }, "callers.Laptop: A caller's name is 1 to 32 of a-z, 0-9, _ and -."],
  ["no way to sign in", { signIn: {} }, 'signIn: Needs one of "passphrase" and "oidc".'],
  [
    "a misspelled way to sign in",
    { signIn: { pasphrase: "${A}" } },
    'signIn.pasphrase: Unknown key "pasphrase". Did you mean "passphrase"? Valid keys: passphrase, oidc.',
  ],
  [
    "a passphrase in the file itself",
    { signIn: { passphrase: "open sesame" } },
    "signIn.passphrase: Write a reference such as ${env:NAME}, not the passphrase itself.",
  ],
  [
    "a provider that lets nobody in",
    { signIn: { oidc: { issuer: "https://id.example", clientId: "a", clientSecret: "${S}", allow: {} } } },
    "signIn.oidc.allow: Names nobody, so nobody could sign in.",
  ],
  [
    "a form of results that is none",
    { result: { structuredContent: "yes" } },
    "result.structuredContent: Expected true or false, got a string.",
  ],
  ["a form of results that nobody knows", { result: { json: true } }, 'result.json: Unknown key "json". Valid keys: structuredContent.'],
  ["a feature that is none", { features: { prompts: 1 } }, "features.prompts: Expected true or false, got a number."],
  [
    "a feature that there is not",
    { features: { promts: false } },
    'features.promts: Unknown key "promts". Did you mean "prompts"? Valid keys: resources, prompts, completions, logging.',
  ],
  ["a learn that is none", { learn: "no" }, "learn: Expected true or false, got a string."],
  ["a verdict that is none", { policy: { tools: { "a.b": "never" } } }, 'policy.tools["a.b"]: Expected "allow", "ask" or "deny".'],
  [
    "a pattern without an upstream",
    { policy: { tools: { delete_repo: "deny" } } },
    'policy.tools.delete_repo: Matches no tool. Write upstream and tool, as in "github.delete_*".',
  ],
  [
    "a verdict for no kind of tool",
    { policy: { writes: "ask" } },
    'policy.writes: Unknown key "writes". Valid keys: tools, readOnly, destructive, other.',
  ],
  ["a public URL with a path", { publicUrl: "https://a.b/mcp" }, `publicUrl: ${ORIGIN}`],
];

it.each([1_999, 1_000_001, "16000", 2_000.5])("a description of %j characters is refused", (maxChars) => {
  expect(refusalOf({ mcpServers: {}, description: { maxChars } }).message).toBe(
    "description.maxChars: Expected a whole number from 2000 to 1000000 (characters).",
  );
});

describe("a door with", () => {
  it.each(DOOR)("%s is refused", (_name, config, line) => {
    expect(refusalOf({ mcpServers: {}, ...config }).message.split("\n")).toContain(line);
  });
});

const SYNTAX: readonly (readonly [name: string, text: string, ...lines: string[]])[] = [
  ["an unclosed brace", "{", '1:2: Expected "}".'],
  ["a missing comma", '{\n  "auth": "none"\n  "mcpServers": {}\n}', '3:3: Expected "," before this.'],
  ["single quotes", "{'auth': 'none'}", "1:2: Unexpected text. Keys and strings need double quotes."],
  ["a missing value", '{\n"auth": ,\n"mcpServers": {}}', "2:9: Expected a value."],
  ["a Windows path", '{"cwd": "C:\\Users"}', "1:9: No such escape in a JSON string. A backslash, as in a Windows path, is written twice."],
  ["two values", "{} {}", "1:4: Expected the end of the file."],
  [
    "mistakes on two lines",
    '{"a" 1,\n"b": tru}',
    '1:6: Expected ":" after the key.',
    "2:6: Unexpected text. Keys and strings need double quotes.",
  ],
  ["an open comment", '{"mcpServers": {}} /* x', '1:20: The comment is not closed with "*/".'],
  ["an endless nesting", "[".repeat(200_000), "1:65: Nested more than 64 levels deep."],
];

describe("a text with", () => {
  it.each(SYNTAX)("%s is refused by line and column", (_name, text, ...lines) => {
    expect(refusalOf(text).message.split("\n")).toEqual(lines);
  });

  it("ten bad lines or more is refused by the first ten", () => {
    const lines = refusalOf("x\n".repeat(30)).message.split("\n");
    expect(lines).toHaveLength(11);
    expect(lines[10]).toBe("... and 20 more lines");
  });
});

describe("a refusal", () => {
  it("has every problem at once", () => {
    const text = `{
      "mcpServers": {
        "a": { "url": "nowhere", "headers": { "X": 1 }, "foo": 1 },
        "a": {},
        "b-c": { "command": "" },
        "b_c": { "command": "x", "cwd": "\${x y}" },
      },
      "auth": "open",
      "limits": { "callMs": 0 },
      "mcpServer": {},
    }`;
    expect(refusalOf(text).message.split("\n")).toEqual([
      "mcpServers.a: Line 4 repeats the key of line 3.",
      `mcpServers.a.url: ${NOT_ABSOLUTE}`,
      "mcpServers.a.headers.X: Expected a string, got a number. Put it into quotes.",
      `mcpServers.a.foo: Unknown key "foo". ${HTTP_KEYS}`,
      "mcpServers.b-c.command: Is empty.",
      `mcpServers.b_c.cwd: ${NO_REFERENCE}`,
      'auth: Expected "token" or "none".',
      "limits.callMs: Expected a whole number from 1 to 3600000 (ms).",
      `mcpServer: Unknown key "mcpServer". Did you mean "mcpServers"? ${TOP_KEYS}`,
      'mcpServers.b_c: Makes the namespace "b_c", as "b-c" does. Rename one of the two keys.',
    ]);
  });

  it("is of the code config and names the source in its remedy and before a line", () => {
    expect(refusalOf({ mcpServers: 1 }, "codemode.jsonc")).toMatchObject({
      code: "config",
      remedy: "Correct codemode.jsonc and start again.",
    });
    expect(refusalOf("{", "codemode.jsonc").message).toBe('codemode.jsonc:1:2: Expected "}".');
  });

  it("of an empty file shows a configuration that is accepted", () => {
    const remedy = refusalOf("").remedy ?? "";
    expect(remedy).toMatch(/^A minimal configuration: \{/);
    expect(parse(remedy.slice(remedy.indexOf("{"))).upstreams).toHaveLength(1);
  });
});
