import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { verdictsOf } from "./verdicts.ts";

/** The suite's own files, required tests of the two drafts that MCP servers write. See `SOURCE.md` beside them. */
const FOLDER = join(import.meta.dirname, "../../fixtures/json-schema-test-suite");
export const DRAFTS = ["draft2020-12", "draft7"];

interface Group {
  readonly description: string;
  readonly schema: unknown;
  readonly tests: readonly { readonly description: string; readonly data: unknown; readonly valid: boolean }[];
}

export interface Comparison {
  readonly tests: number;
  /** What is wrong with the types themselves. */
  readonly broken: readonly string[];
  /** `file / group / test` of valid values that the type refuses, and of invalid ones that it accepts; once for each draft. */
  readonly refused: readonly string[];
  readonly accepted: readonly string[];
}

/** Every test of the suite against TypeScript's opinion of the type of its schema. */
export function compareWithSuite(): Comparison {
  const groups = DRAFTS.flatMap((draft) =>
    readdirSync(join(FOLDER, draft)).flatMap((file) => {
      const read = JSON.parse(readFileSync(join(FOLDER, draft, file), "utf8")) as Group[];
      return read.map((group) => ({ ...group, id: `${file.replace(".json", "")} / ${group.description}` }));
    }),
  );
  const verdicts = verdictsOf(groups.map(({ schema, tests }) => ({ schema, values: tests.map(({ data }) => data) })));
  const disagreeing = (valid: boolean) =>
    groups.flatMap(({ id, tests }, index) =>
      tests
        .filter((test, place) => test.valid === valid && verdicts.accepted[index]?.[place] !== valid)
        .map(({ description }) => `${id} / ${description}`),
    );
  return {
    tests: groups.reduce((sum, { tests }) => sum + tests.length, 0),
    broken: verdicts.broken,
    refused: disagreeing(true),
    accepted: disagreeing(false),
  };
}
