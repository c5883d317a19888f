import fc from "fast-check";

// prettier-ignore
const FRAGMENTS = [
  "*/", "/*", "//", "\n", "\r", "\r\n", "\v", "\f", "\u0085", "\u2028", "\u2029", "`", "${", "$&", "$'", '"', "'", "\\", "\0", "\u001b[31m", "\u007f",
  "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u{e0041}", "\ud800", "\udc00", "🦊", "é", "__proto__", "constructor", "toString", "then", "new",
  "};", "}", "{", ")", "=>", ";", ":", "?", "|", "declare const evil: any;", "export {}", "import x from 'y'", "@ts-nocheck", "/ <reference path='x'/>",
  "# sourceMappingURL=x", "<!--", "-->", "#!", "a", "b", "_", "-", " ", "1",
];

/** Text as somebody would write it who wants out of a comment, a string or an identifier. */
export function hostileText(): fc.Arbitrary<string> {
  const pieces = fc.array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 8 });
  return pieces.map((parts) => parts.join(""));
}

// prettier-ignore
const KEYWORDS = [
  "type", "properties", "required", "items", "prefixItems", "additionalItems", "additionalProperties", "patternProperties", "enum", "const", "anyOf", "oneOf",
  "allOf", "not", "$ref", "$defs", "definitions", "$anchor", "$id", "nullable", "description", "default", "format", "pattern", "minimum", "minItems",
  "maxItems", "if", "then", "else", "dependentSchemas", "unevaluatedProperties", "title", "__proto__", "constructor",
];
const TYPES = ["object", "array", "string", "number", "integer", "boolean", "null", "any", ""];
const REFERENCES = [
  "#",
  "#/$defs/a",
  "#/$defs/b",
  "#/properties/a",
  "#/definitions/__proto__",
  "#a",
  "#/",
  "#/%",
  "https://example.com/x",
  "a#/b",
];

/** JSON with the keywords of a schema, right and wrong, `levels` deep: what an upstream could send in the place of one. */
export function hostileSchema(levels = 3): fc.Arbitrary<Record<string, unknown>> {
  if (levels === 0)
    return fc.constantFrom<Record<string, unknown>>({}, { type: "string" }, { enum: ["a", 1] }, ...REFERENCES.map(($ref) => ({ $ref })));
  const schema = hostileSchema(levels - 1);
  const names = fc.oneof(fc.constantFrom("a", "b", "__proto__", "constructor", "new", "a-b"), hostileText());
  const list = fc.array(schema, { maxLength: 3 });
  const map = fc.array(fc.tuple(names, schema), { maxLength: 3 }).map(object);
  const literal = fc.jsonValue({ maxDepth: 2 });
  const anything = fc.oneof(fc.constantFrom(true, null, 2, -1, ""), hostileText(), schema, list);
  const fitting = new Map<string, fc.Arbitrary<unknown>>([
    ["type", fc.oneof(fc.constantFrom(...TYPES), fc.array(fc.constantFrom(...TYPES), { maxLength: 3 }))],
    ["required", fc.array(names, { maxLength: 3 })],
    ["items", fc.oneof(schema, list)],
    ["additionalProperties", fc.oneof(fc.boolean(), schema)],
    ["enum", fc.array(literal, { maxLength: 4 })],
    ["const", literal],
    ["$ref", fc.constantFrom(...REFERENCES)],
    ["description", hostileText()],
    ["default", fc.oneof(literal, hostileText())],
    ["pattern", hostileText()],
    ...["prefixItems", "anyOf", "oneOf", "allOf"].map((keyword) => [keyword, list] as const),
    ...["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"].map((keyword) => [keyword, map] as const),
  ]);
  const entry = fc.constantFrom(...KEYWORDS).chain((keyword) => {
    const arbitrary = fitting.get(keyword) ?? anything;
    return fc.tuple(fc.constant(keyword), fc.oneof({ arbitrary, weight: 6 }, { arbitrary: anything, weight: 1 }));
  });
  return fc.array(entry, { maxLength: 6 }).map(object);
}

/** As JSON.parse would make it: `__proto__` is a property like any other. */
function object(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return Object.fromEntries(entries);
}
