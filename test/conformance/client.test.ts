import { join } from "node:path";
import { expect, it } from "vitest";
import { judge } from "./judge.ts";
import { runClientScenario } from "./suites.ts";

type Revision = "2025-11-25" | "2026-07-28";

/** The scenarios for clients, but those of authorization. */
const SCENARIOS: readonly (readonly [revision: Revision, scenario: string])[] = [
  ["2025-11-25", "initialize"],
  ["2025-11-25", "tools_call"],
  ["2025-11-25", "elicitation-sep1034-client-defaults"],
  ["2025-11-25", "sse-retry"],
  ["2025-11-25", "json-schema-2020-12-preservation"],
  ["2026-07-28", "tools_call"],
  ["2026-07-28", "request-metadata"],
  ["2026-07-28", "sep-2322-client-request-state"],
  ["2026-07-28", "http-standard-headers"],
  ["2026-07-28", "http-custom-headers"],
  ["2026-07-28", "http-invalid-tool-headers"],
  ["2026-07-28", "json-schema-ref-no-deref"],
  ["2026-07-28", "json-schema-2020-12-preservation"],
];

const COMMAND = `${process.execPath} ${join(import.meta.dirname, "upstream-client.ts")}`;

it.each(SCENARIOS)("client of %s: %s", async (revision, scenario) => {
  const verdicts = await runClientScenario("0.2", scenario, revision, COMMAND);
  expect(judge("upstream client", revision, verdicts, [])).toEqual({ unexpected: [], stale: [] });
});
