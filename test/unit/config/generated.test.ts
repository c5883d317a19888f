import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { configSchemaText, DOCS_FILE, SCHEMA_FILE, withLimitsTable } from "../../../scripts/generate-schemas.ts";
import { LIMITS } from "../../../src/core/limits.ts";
import { parse } from "./parse.ts";

const schema = JSON.parse(configSchemaText());

describe("generated files are fresh (node scripts/generate-schemas.ts)", () => {
  it("schemas/config.schema.json", async () => {
    expect(await readFile(SCHEMA_FILE, "utf8")).toBe(configSchemaText());
  });

  it("the table of limits in docs/configuration.md", async () => {
    const docs = await readFile(DOCS_FILE, "utf8");
    expect(docs).toBe(withLimitsTable(docs));
    for (const [name, limit] of Object.entries(LIMITS)) {
      const row = docs.split("\n").find((line) => line.startsWith(`| \`${name}\``));
      expect(row).toContain(limit.reason);
    }
  });
});

describe("docs/configuration.md", () => {
  it("shows configurations that are accepted", async () => {
    const docs = await readFile(DOCS_FILE, "utf8");
    const examples = [...docs.matchAll(/```jsonc\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
    expect(examples.map((text) => parse(text).upstreams.length)).toEqual([2, 2, 1, 1, 2, 0, 0, 4]);
  });

  it("names every key of the schema", async () => {
    const docs = await readFile(DOCS_FILE, "utf8");
    const entries: { properties: object }[] = schema.properties.mcpServers.additionalProperties.anyOf;
    const keys = [schema, ...entries, schema.properties.limits].flatMap((part) => Object.keys(part.properties));
    expect(keys.filter((key) => !docs.includes(`\`${key}\``))).toEqual([]);
  });
});

describe("the JSON Schema", () => {
  it("describes every key, and gives the default of every limit", () => {
    const undescribed: string[] = [];
    const walk = (part: unknown, path: string) => {
      if (typeof part !== "object" || part === null) return;
      const { properties } = part as { properties?: Record<string, { description?: string }> };
      for (const [key, value] of Object.entries(properties ?? {})) if (!value.description) undescribed.push(`${path}.${key}`);
      for (const [key, value] of Object.entries(part)) walk(value, `${path}.${key}`);
    };
    walk(schema, "");
    expect(undescribed).toEqual([]);
    for (const [name, limit] of Object.entries(LIMITS)) {
      expect(schema.properties.limits.properties[name]).toMatchObject({
        type: "integer",
        minimum: 1,
        maximum: limit.max,
        default: limit.default,
      });
    }
  });

  const validator = z.fromJSONSchema(schema);
  it.each<[boolean, unknown]>([
    [true, { mcpServers: {} }],
    [
      true,
      { $schema: "x", mcpServers: { a: { url: "https://a.b" }, b: { command: "x", args: ["${A}"] }, c: { serverUrl: "${A:-http://x}" } } },
    ],
    [
      true,
      { mcpServers: { a: { command: "x", alwaysAllow: ["t"], timeout: 5, disabled: true } }, globalShortcut: "", limits: { callMs: 5 } },
    ],
    [false, {}],
    [false, { mcpServers: { a: {} } }],
    [false, { mcpServers: { a: { comand: "x" } } }],
    [false, { mcpServers: { a: { url: "https://a.b", command: "x" } } }],
    [false, { mcpServers: { a: { url: "nowhere" } } }],
    [false, { mcpServers: { a: { url: "https://a.b", disabledTools: [] } } }],
    [false, { mcpServers: {}, limits: { callMs: 0 } }],
    [false, { mcpServers: {}, limits: { unknown: 1 } }],
    [false, { mcpServers: {}, servers: {} }],
    [false, { mcpServers: {}, auth: "open" }],
  ])("says %s to %j", (valid, sample) => {
    expect(validator.safeParse(sample).success).toBe(valid);
  });
});
