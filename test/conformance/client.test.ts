import { join } from "node:path";
import { expect, it } from "vitest";
import { judge } from "./judge.ts";
import type { Expected } from "./judge.ts";
import { runClientScenario } from "./suites.ts";

type Revision = "2025-11-25" | "2026-07-28";

/** What both revisions ask of authorization. */
const AUTH = [
  "auth/metadata-default",
  "auth/metadata-var1",
  "auth/metadata-var2",
  "auth/metadata-var3",
  "auth/basic-cimd",
  "auth/scope-from-www-authenticate",
  "auth/scope-from-scopes-supported",
  "auth/scope-omitted-when-undefined",
  "auth/scope-step-up",
  "auth/scope-retry-limit",
  "auth/token-endpoint-auth-basic",
  "auth/token-endpoint-auth-post",
  "auth/token-endpoint-auth-none",
  "auth/pre-registration",
] as const;

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
  ...AUTH.flatMap((scenario) => [["2025-11-25", scenario] as const, ["2026-07-28", scenario] as const]),
  ["2026-07-28", "auth/resource-mismatch"],
  ["2026-07-28", "auth/offline-access-scope"],
  ["2026-07-28", "auth/offline-access-not-supported"],
  ["2026-07-28", "auth/authorization-server-migration"],
  ["2026-07-28", "auth/iss-supported"],
  ["2026-07-28", "auth/iss-not-advertised"],
  ["2026-07-28", "auth/iss-supported-missing"],
  ["2026-07-28", "auth/iss-wrong-issuer"],
  ["2026-07-28", "auth/iss-unexpected"],
  ["2026-07-28", "auth/iss-normalized"],
  ["2026-07-28", "auth/metadata-issuer-mismatch"],
];

const EXPECTED: readonly Expected<"client", Revision>[] = [
  {
    targets: ["client"],
    runs: ["2025-11-25", "2026-07-28"],
    failing: ["auth/basic-cimd"],
    reason: "On loopback the proxy has no https address at which a server could read its client metadata, so it registers instead.",
  },
];

const COMMAND = `${process.execPath} ${join(import.meta.dirname, "upstream-client.ts")}`;

it.each(SCENARIOS)("client of %s: %s", async (revision, scenario) => {
  const verdicts = await runClientScenario("0.2", scenario, revision, COMMAND);
  const known = EXPECTED.filter(({ failing }) => failing.includes(scenario));
  expect(judge("client", revision, verdicts, known)).toEqual({ unexpected: [], stale: [] });
});
