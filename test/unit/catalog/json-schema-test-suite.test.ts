import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ACCEPTED, REFUSED } from "./suite-exceptions.ts";
import type { Exception } from "./suite-exceptions.ts";
import { verdictsOf } from "./verdicts.ts";

/** The suite's own files, required tests of the two drafts that MCP servers write. See `SOURCE.md` beside them. */
const FOLDER = join(import.meta.dirname, "../../fixtures/json-schema-test-suite");
const DRAFTS = ["draft2020-12", "draft7"];

interface Group {
  readonly description: string;
  readonly schema: unknown;
  readonly tests: readonly { readonly description: string; readonly data: unknown; readonly valid: boolean }[];
}

const groups = DRAFTS.flatMap((draft) =>
  readdirSync(join(FOLDER, draft)).flatMap((file) => {
    const read = JSON.parse(readFileSync(join(FOLDER, draft, file), "utf8")) as Group[];
    return read.map((group) => ({ ...group, draft, id: `${file.replace(".json", "")} / ${group.description}` }));
  }),
);

describe(`the JSON-Schema-Test-Suite, ${DRAFTS.join(" and ")}`, () => {
  let broken: readonly string[];
  /** Ids of tests about which the type and the suite disagree. */
  let refused: string[];
  let accepted: string[];

  beforeAll(() => {
    const verdicts = verdictsOf(groups.map(({ schema, tests }) => ({ schema, values: tests.map(({ data }) => data) })));
    broken = verdicts.broken;
    const disagreeing = (valid: boolean) =>
      groups.flatMap(({ id, tests }, index) =>
        tests
          .filter((test, place) => test.valid === valid && verdicts.accepted[index]?.[place] !== valid)
          .map(({ description }) => `${id} / ${description}`),
      );
    refused = disagreeing(true);
    accepted = disagreeing(false);
  }, 120_000);

  it("has types for all of its schemas", () => {
    expect(groups.flatMap(({ tests }) => tests).length).toBeGreaterThan(2_000);
    expect(broken).toEqual([]);
  });

  it("agrees on what is valid, except what is refused on purpose", () => {
    expect(refused.filter((id) => !isExcused(id, REFUSED))).toEqual([]);
  });

  it("agrees on what is not, except where TypeScript has no type for it", () => {
    expect(accepted.filter((id) => !isExcused(id, ACCEPTED))).toEqual([]);
  });

  it("needs every exception", () => {
    const idle = (exceptions: readonly Exception[], ids: readonly string[]) =>
      exceptions.flatMap(({ entries }) => entries).filter((entry) => !ids.some((id) => isWithin(id, entry)));
    expect(idle(REFUSED, refused)).toEqual([]);
    expect(idle(ACCEPTED, accepted)).toEqual([]);
  });
});

function isExcused(id: string, exceptions: readonly Exception[]): boolean {
  return exceptions.some(({ entries }) => entries.some((entry) => isWithin(id, entry)));
}

function isWithin(id: string, entry: string): boolean {
  return id === entry || id.startsWith(`${entry} / `);
}
