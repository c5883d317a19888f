import fc from "fast-check";

type Schema = Record<string, unknown>;

/** Arguments for a tool of a real server as a careless program gives them: mostly right, here and there something else. */
export function valueFor(schema: unknown, levels = 4): fc.Arbitrary<unknown> {
  const right =
    levels === 0 || typeof schema !== "object" || schema === null ? fc.jsonValue({ maxDepth: 1 }) : rightFor(schema as Schema, levels);
  const wrong = fc.constantFrom<unknown>(null, "x", "1", 0, -1, 1.5, 1_000_000, true, [], ["x"], {}, { type: "x" });
  return fc.oneof({ arbitrary: right, weight: 30 }, { arbitrary: wrong, weight: 1 });
}

function rightFor(schema: Schema, levels: number): fc.Arbitrary<unknown> {
  const inner = (each: unknown) => valueFor(each, levels - 1);
  if ("const" in schema) return fc.constant(schema["const"]);
  if (Array.isArray(schema["enum"]) && schema["enum"].length > 0) return fc.constantFrom<unknown>(...(schema["enum"] as unknown[]));
  const branches = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(branches)) return fc.oneof(...branches.map(inner));
  const type: unknown = Array.isArray(schema["type"]) ? schema["type"][0] : schema["type"];
  switch (type) {
    case "string":
      return fc.string({ minLength: Number(schema["minLength"] ?? 0), maxLength: Number(schema["maxLength"] ?? 8), size: "max" });
    case "integer":
    case "number": {
      const least = Number(schema["minimum"] ?? schema["exclusiveMinimum"] ?? 0);
      return fc.integer({ min: Math.ceil(least), max: Math.floor(Number(schema["maximum"] ?? least + 100)) });
    }
    case "boolean":
      return fc.boolean();
    case "array":
      return fc.array(inner(schema["items"]), {
        minLength: Number(schema["minItems"] ?? 0),
        maxLength: Math.min(Number(schema["maxItems"] ?? 3), 12),
      });
    case "object":
      return objectFor(schema, inner);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

function objectFor(schema: Schema, inner: (each: unknown) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const required = new Set((schema["required"] ?? []) as string[]);
  const properties = Object.entries((schema["properties"] ?? {}) as Schema);
  const members = properties.map(([name, property]) =>
    // One in twenty required members is forgotten, and one in twenty names is misspelt.
    fc
      .record({ value: inner(property), given: fc.nat(19), spelling: fc.nat(19) })
      .map(({ value, given, spelling }) => (given > (required.has(name) ? 0 : 9) ? [[spelling === 0 ? `${name}s` : name, value]] : [])),
  );
  return fc.tuple(...members).map((all) => Object.fromEntries(all.flat() as [string, unknown][]));
}
