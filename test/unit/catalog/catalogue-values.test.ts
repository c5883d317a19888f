import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildCatalog } from "../../../src/catalog/catalog.ts";
import type { JsonSchema } from "../../../src/core/tool.ts";
import { compile } from "./compile.ts";
import { declared } from "./declared.ts";
import { LISTINGS } from "./fixtures.ts";
import { instancesOf, mutantsOf } from "./instances.ts";
import type { Mutant } from "./instances.ts";
import { literal } from "./verdicts.ts";

/**
 * What TypeScript cannot express: that an object of any properties is no list. So a list goes through in these places, and nothing else.
 * An entry that excuses nothing fails.
 */
// prettier-ignore
const LIST_FOR_OBJECT = [
  "cloudflare.ai_image_generation input options",
  "cloudflare.ai_inference input input",
  "cloudflare.ai_inference input options",
  "cloudflare.ai_text_generation input options",
  "cloudflare.env_var_bulk_set input vars",
  "cloudflare.template_create_worker input config",
  "cloudflare.worker_put input migrations",
  "cloudflare.workflow_create input content",
  "cloudflare.workflow_execute input input",
  "cloudflare.workflow_update input content",
  "desktop_commander.edit_block input options",
  "desktop_commander.read_file input options",
  "desktop_commander.write_pdf input options",
  "hubspot.hubspot_create_engagement input metadata",
  "hubspot.hubspot_update_engagement input metadata",
  "kubernetes.install_helm_chart input values",
  "kubernetes.kubectl_generic input flags",
  "kubernetes.kubectl_patch input patchData",
  "kubernetes.upgrade_helm_chart input values",
  "launchdarkly.update_ai_config_targeting input request.AIConfigTargetingPatch.instructions[]",
  "n8n.n8n_create_workflow input connections",
  "n8n.n8n_create_workflow input nodes[].credentials",
  "n8n.n8n_create_workflow input nodes[].parameters",
  "n8n.n8n_explore_node_resources input currentNodeParameters",
  "n8n.n8n_manage_agents input args",
  "n8n.n8n_manage_credentials input data",
  "n8n.n8n_manage_datatable input filter",
  "n8n.n8n_test_workflow input data",
  "n8n.n8n_test_workflow input headers",
  "n8n.n8n_test_workflow input pinData",
  "n8n.n8n_update_full_workflow input connections",
  "n8n.n8n_update_full_workflow input nodes[]",
  "n8n.n8n_update_full_workflow input settings",
  "n8n.n8n_update_partial_workflow input operations[]",
  "n8n.validate_node input config",
  "n8n.validate_workflow input workflow",
];

const options = { strict: false, validateFormats: false, logger: false } as const;
const ajv = { draft7: new Ajv(options), draft2020: new Ajv2020(options) };

interface Place {
  /** `github.create_issue input` */
  readonly id: string;
  readonly schema: JsonSchema;
  /** Where a value of the schema is expected. */
  readonly statement: (value: string) => string;
  readonly isValid: (value: unknown) => boolean;
}

const catalog = buildCatalog(LISTINGS);
const places = catalog.namespaces.flatMap(({ tools }) =>
  tools.flatMap(({ namespace, identifier, tool }): Place[] => {
    const method = `${namespace}[${JSON.stringify(identifier)}]`;
    const input = placeOf(
      `${namespace}.${identifier} input`,
      asObject(tool.inputSchema),
      (value) => `${method}(${value === literal({}) ? "" : value});`,
    );
    if (tool.outputSchema === undefined) return [input];
    const result = `Awaited<ReturnType<typeof ${method}>>`;
    return [input, placeOf(`${namespace}.${identifier} output`, tool.outputSchema, (value) => `take<${result}>(${value});`)];
  }),
);

function placeOf(id: string, sent: JsonSchema, statement: Place["statement"]): Place {
  const schema = withoutEmptyEnums(sent) as JsonSchema;
  const isDraft7 = typeof schema === "object" && String(schema["$schema"]).includes("draft-07");
  const validate = (isDraft7 ? ajv.draft7 : ajv.draft2020).compile(schema);
  return { id, schema, statement, isValid: (value) => validate(value) };
}

/** gitlab leaves the type out; arguments are an object all the same. A tool that names the type and no property takes none. */
function asObject(schema: JsonSchema): JsonSchema {
  if (typeof schema !== "object") return schema;
  const saysMore = ["properties", "additionalProperties"].some((keyword) => keyword in schema) || !("type" in schema);
  return { type: "object", ...schema, ...(saysMore ? {} : { additionalProperties: false }) };
}

/** netlify lists no value where it means any: our types take it so, a validator refuses the schema. */
function withoutEmptyEnums(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema), (keyword, value: unknown) =>
    keyword === "enum" && Array.isArray(value) && value.length === 0 ? undefined : value,
  );
}

/** Which statements TypeScript refuses, beside the declarations of everything. */
function refusedOf(statements: readonly string[], level: "full" | "checked"): boolean[] {
  const findings = compile({
    "/all.d.ts": `${declared(catalog, level)}declare function take<T>(value: T): void;\n`,
    "/values.ts": statements.join("\n"),
  });
  expect(findings.filter(({ file }) => file !== "/values.ts")).toEqual([]);
  const lines = new Set(findings.map(({ line }) => line));
  return statements.map((_, index) => lines.has(index));
}

/** One value for each schema. */
const valuesOfAll = (whole: boolean) => fc.tuple(...places.map(({ schema, isValid }) => instancesOf(schema, whole).filter(isValid)));

describe.each(["full", "checked"] as const)(`the types of ${places.length} schemas of real tools, %s`, (level) => {
  it("take every value that the schemas take", () => {
    fc.assert(
      fc.property(valuesOfAll(false), (values) => {
        const statements = places.map(({ statement }, index) => statement(literal(values[index])));
        const refused = refusedOf(statements, level);
        expect(statements.filter((_, index) => refused[index])).toEqual([]);
      }),
      { numRuns: 6, endOnFailure: true },
    );
  }, 120_000);

  it("refuse a wrong type, a missing property and an unknown value", () => {
    const kinds = new Map<Mutant["kind"], number>();
    const excused = new Set<string>();
    const accepted = new Set<string>();
    fc.assert(
      fc.property(valuesOfAll(true), (values) => {
        const mutants = places.flatMap(({ id, schema, statement, isValid }, index) =>
          mutantsOf(schema, values[index])
            .filter(({ value }) => !isValid(value))
            .map(({ kind, path, put, value }) => ({
              id: `${id} ${path}`,
              kind,
              text: statement(literal(value)),
              isList: Array.isArray(put),
            })),
        );
        const refused = refusedOf(
          mutants.map(({ text }) => text),
          level,
        );
        for (const [index, { id, kind, text, isList }] of mutants.entries()) {
          kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
          if (refused[index]) continue;
          if (isList && LIST_FOR_OBJECT.includes(id)) excused.add(id);
          else accepted.add(`${kind}: ${id}: ${text}`);
        }
      }),
      { numRuns: 2, endOnFailure: true },
    );
    expect([...accepted].sort()).toEqual([]);
    expect([...excused].sort()).toEqual(LIST_FOR_OBJECT);
    for (const kind of ["wrong type", "missing", "unknown value"] as const) expect(kinds.get(kind), kind).toBeGreaterThan(100);
  }, 240_000);
});
