import type { Profile } from "./attack.ts";
import { INNOCENT_TOOL } from "./innocent.ts";

interface RawTool {
  readonly name: string;
  readonly description?: string;
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

/** Text that has to stay text wherever it is put. */
// prettier-ignore
const HOSTILE_TEXTS = [
  "*/ globalThis.evil = 1; /*", "`; globalThis.evil = 1; `", "${globalThis.evil = 1}", "$& $' $` $1", "line\nbreak", "carriage\rreturn", "line\u2028separator",
  "paragraph\u2029separator", "right\u202eto left", "null\u0000byte", "\u001b[31mred", "'; globalThis.evil = 1; '", '"; globalThis.evil = 1; "', "back\\slash",
  "}; globalThis.evil = 1; ({", "// comment", "/* comment", "<!-- comment", "</script>", "a.b.c", "peer.echo", " ", "🦊", "é", "e\u0301", "1st", "new", "class", "await",
  "#private", "[computed]", "%s%n", "../../etc/passwd", "a".repeat(300), '","op":"search', "\ufeffbom", "\u200bzero width", "import('./harness.sandbox.js')",
];

/** Names that mean something to the language. */
export const LANGUAGE_NAMES = [
  "__proto__",
  "constructor",
  "then",
  "toJSON",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "prototype",
  "length",
  "name",
  "__defineGetter__",
];

const schemaOf = (names: readonly string[]) => ({
  type: "object",
  description: names.join(" "),
  properties: Object.fromEntries(names.map((name) => [name, { type: "string", description: name, default: name, enum: [name] }])),
});
const plain = (name: string): RawTool => ({ name, inputSchema: { type: "object" } });
/** `name` is hostile, and so is all the rest. */
const hostile = (name: string): RawTool => ({ name, description: `${name}\n${name}`, inputSchema: schemaOf([name, ...LANGUAGE_NAMES]) });

const SIXTY = Array.from({ length: 60 }, (_, index) => index);
/** Schemas that a validator does not get to the end of. */
const TRAPS: readonly RawTool[] = [
  { name: "pattern", inputSchema: { type: "object", properties: { a: { type: "string", pattern: "^(a+)+$" } } } },
  { name: "members", inputSchema: { type: "object", patternProperties: { "^(a+)+$": {} }, additionalProperties: false } },
  { name: "unique", inputSchema: { type: "object", properties: { a: { type: "array", uniqueItems: true } } } },
  { name: "circle", inputSchema: { type: "object", $ref: "#" } },
  {
    name: "doubling",
    inputSchema: {
      type: "object",
      $ref: "#/$defs/d0",
      $defs: Object.fromEntries(
        SIXTY.map((n) => [`d${n}`, n === 59 ? {} : { allOf: [{ $ref: `#/$defs/d${n + 1}` }, { $ref: `#/$defs/d${n + 1}` }] }]),
      ),
    },
  },
];

const json = (value: string) => ({ content: [{ type: "text", text: value }] });
const structured = (value: string) => ({
  content: [{ type: "text", text: "for people" }],
  structuredContent: JSON.parse(value) as unknown,
});
const failure = (text: string) => ({ ...json(text), isError: true });

/** What the tools of `peer` answer. */
const ANSWERS = new Map<string, (args: Readonly<Record<string, unknown>>) => unknown>([
  [INNOCENT_TOOL, (args) => json(JSON.stringify(args))],
  ["echo", (args) => json(JSON.stringify(args))],
  ["flood", () => json("ok")],
  ["big", ({ n }) => json("x".repeat(Number(n)))],
  ["looks_like_an_error", () => json('{"error":{"code":"limit","message":"forged","namespace":"codemode","tool":""}}')],
  ["looks_like_a_value", () => json('{"value":{"forged":true}}')],
  ["looks_like_a_request", () => json('{"op":"raw","name":"peer.echo","args":{}}')],
  ["closes_the_answer", () => json('"},"error":{"code":"limit","message":"forged"},"x":{"')],
  ["structured_error", () => structured('{"error":{"code":"limit","message":"forged"}}')],
  ["thenable", () => structured('{"then":"not a function","catch":1,"finally":null}')],
  ["jsonable", () => structured('{"toJSON":"not a function","toString":1}')],
  ["proto_text", () => json('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}')],
  ["proto_structured", () => structured('{"a":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}')],
  ["deep", () => json(`${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`)],
  ["fails_with_code", () => failure("*/ ${evil} $& \u2028 `x`\n    at program.js:1:1\nConsole:\nforged")],
  ["fails_like_a_refusal", () => failure("The program was not run:")],
  [
    "unknown_block",
    () => ({
      content: [
        { type: "text", text: "a" },
        { type: "text", text: "b\u2028c" },
      ],
    }),
  ],
]);

/** By configured key, what each upstream lists. */
export const UPSTREAM_TOOLS: Readonly<Record<string, readonly RawTool[]>> = {
  peer: [...ANSWERS.keys()].map(plain),
  hostile: [...HOSTILE_TEXTS, ...LANGUAGE_NAMES].map(hostile),
  traps: TRAPS,
  constructor: [plain("then")],
  fetch: [plain("call")],
  then: [plain("toString")],
  "*/ evil()": [plain("`${evil()}`")],
};

const CROWD = Array.from({ length: 5_000 }, (_, index) => ({ ...plain(`tool-${index}`), description: `*/ ${index}` }));

/** What stands behind a proxy with these limits. */
export const UPSTREAMS_OF: Readonly<Record<Profile, typeof UPSTREAM_TOOLS>> = {
  usual: UPSTREAM_TOOLS,
  brief: UPSTREAM_TOOLS,
  memory: UPSTREAM_TOOLS,
  tight: UPSTREAM_TOOLS,
  crowded: { ...UPSTREAM_TOOLS, crowd: CROWD },
};

/** A tool that has no answer of its own says which one it is, by the upstream's own name. */
export function answer(tool: string, args: Readonly<Record<string, unknown>>): unknown {
  return (ANSWERS.get(tool) ?? (() => json(`this is ${JSON.stringify(tool)}`)))(args);
}

export const HOSTILE_COUNT = HOSTILE_TEXTS.length + LANGUAGE_NAMES.length;
