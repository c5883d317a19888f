import fc from "fast-check";

interface Pair {
  readonly schema: Record<string, unknown>;
  readonly value: unknown;
}

/** A schema, and a value that is valid by construction. */
export function schemaWithValue(): fc.Arbitrary<Pair> {
  const { pair } = fc.letrec<{ pair: Pair; object: Pair }>((tie) => {
    const scalar = fc.oneof(
      fc.string({ maxLength: 3 }).map((value) => ({ schema: { type: "string", minLength: 0 }, value })),
      fc.integer().map((value) => ({ schema: { type: "integer" }, value })),
      fc.constant({ schema: { type: ["boolean", "null"] }, value: null }),
      fc.constant({ schema: { type: "string", nullable: true }, value: null }),
      fc
        .uniqueArray(fc.oneof(fc.string({ maxLength: 2 }), fc.integer(), fc.boolean(), fc.constant(null)), { minLength: 1, maxLength: 4 })
        .chain((values) => fc.constantFrom(...values).map((value) => ({ schema: { enum: values }, value }))),
      fc
        .jsonValue({ maxDepth: 1, noUnicodeString: true } as object)
        .map((value) => ({ schema: { const: plain(value) }, value: plain(value) })),
    );
    const name = fc.constantFrom("a", "b", "c", "kind", "a-b", "new", "constructor");
    const members = fc.uniqueArray(
      fc.record({ name, pair: tie("pair") as fc.Arbitrary<Pair>, use: fc.constantFrom("required", "given", "absent") }),
      {
        maxLength: 4,
        selector: (member) => member.name,
      },
    );
    const object = fc
      .record({ members, open: fc.constantFrom(undefined, true, false), typed: fc.boolean() })
      .map(({ members: list, open, typed }) => ({
        schema: {
          ...(typed ? { type: "object" } : {}),
          properties: Object.fromEntries(list.map((member) => [member.name, member.pair.schema])),
          required: list.filter((member) => member.use === "required").map((member) => member.name),
          ...(open === undefined ? {} : { additionalProperties: open }),
        },
        value: {
          ...Object.fromEntries(list.filter((member) => member.use !== "absent").map((member) => [member.name, member.pair.value])),
          ...(open === true ? { elsewhere: 1 } : {}),
        },
      }));
    const list = fc.array(tie("pair") as fc.Arbitrary<Pair>, { minLength: 1, maxLength: 3 });
    return {
      object,
      pair: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        scalar,
        object,
        list.map((pairs) => ({
          schema: { type: "array", items: { anyOf: pairs.map((each) => each.schema) } },
          value: pairs.map((each) => each.value),
        })),
        list.map((pairs) => ({
          schema: { type: "array", prefixItems: pairs.map((each) => each.schema) },
          value: pairs.map((each) => each.value),
        })),
        list.map((pairs) => ({ schema: { oneOf: pairs.map((each) => each.schema) }, value: pairs.at(-1)?.value })),
        fc.tuple(tie("object") as fc.Arbitrary<Pair>, name).map(([base, required]) => ({
          schema: { ...base.schema, anyOf: [{ required: [required] }, { title: "anything" }] },
          value: base.value,
        })),
        fc.tuple(scalar, scalar).map(([one, two]) => ({
          // Disjoint names: a value of both is the two together.
          schema: { allOf: [{ properties: { x: one.schema } }, { properties: { y: two.schema }, required: ["y"] }] },
          value: { x: one.value, y: two.value },
        })),
        fc.tuple(scalar, scalar).map(([one, two]) => ({
          schema: { type: "object", properties: { x: one.schema }, anyOf: [{ properties: { y: two.schema } }, { properties: { z: {} } }] },
          value: { x: one.value, y: two.value },
        })),
      ),
    };
  });
  return pair;
}

/** Without `__proto__`, which an object literal in a program would take for the prototype; and as JSON has it. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll("__proto__", "proto"));
}
