import type { Expected } from "./judge.ts";
import type { SuiteName } from "./suites.ts";

/** What the server suites are run against. */
export type Target =
  /** The proxy as it comes, with the upstreams of its default configuration. */
  | "proxy"
  /** The fixture itself, which speaks both eras. */
  | "fixture"
  /** The proxy with the fixture behind it, passed through. */
  | "passthrough"
  /** The same, with a fixture that speaks the 2025 revisions alone. */
  | "passthrough-2025";

const LEGACY: readonly SuiteName[] = ["0.1", "2025-11-25"];
const MODERN: readonly SuiteName[] = ["2026-07-28"];
const ALL: readonly SuiteName[] = [...LEGACY, ...MODERN];

const TASKS = [
  "tasks-capability-negotiation",
  "tasks-dispatch-and-envelope",
  "tasks-lifecycle",
  "tasks-mrtr-composition",
  "tasks-mrtr-input",
  "tasks-request-headers",
  "tasks-request-state-removal",
  "tasks-required-task-error",
  "tasks-wire-fields",
];

/** An entry that does not fail any more fails the run. */
export const EXPECTED_FAILURES: readonly Expected<Target, SuiteName>[] = [
  {
    targets: ["proxy"],
    runs: ALL,
    failing: [
      "completion-complete",
      "json-schema-2020-12",
      "prompts-get-embedded-resource",
      "prompts-get-simple",
      "prompts-get-with-args",
      "prompts-get-with-image",
      "resources-read-binary",
      "resources-read-text",
      "resources-templates-read",
      "tools-call-audio",
      "tools-call-embedded-resource",
      "tools-call-error",
      "tools-call-image",
      "tools-call-mixed-content",
      "tools-call-simple-text",
      "tools-call-with-progress",
    ],
    reason: "Asks for tools, prompts and resources of fixed names, which only the fixture has: the proxy as it comes has one tool.",
  },
  {
    targets: ["proxy"],
    runs: LEGACY,
    failing: [
      "elicitation-sep1034-defaults",
      "elicitation-sep1330-enums",
      "resources-subscribe",
      "resources-unsubscribe",
      "tools-call-elicitation",
      "tools-call-sampling",
      "tools-call-with-logging",
    ],
    reason: "The same.",
  },
  {
    targets: ["proxy"],
    runs: MODERN,
    failing: [
      "http-custom-header-server-validation",
      "input-required-result-basic-elicitation",
      "input-required-result-basic-list-roots",
      "input-required-result-basic-sampling",
      "input-required-result-capability-check",
      "input-required-result-ignore-extra-params",
      "input-required-result-missing-input-response",
      "input-required-result-multi-round",
      "input-required-result-multiple-input-requests",
      "input-required-result-non-tool-request",
      "input-required-result-request-state",
      "input-required-result-result-type",
      "input-required-result-tampered-state",
      "server-stateless",
    ],
    reason: "The same.",
  },
  {
    targets: ["proxy", "fixture"],
    runs: MODERN,
    failing: TASKS,
    reason: "Tasks are an extension that neither the proxy nor the fixture has.",
  },
  {
    targets: ["proxy"],
    runs: ["2025-11-25"],
    failing: ["server-sse-polling:server-sse-disconnect-resume"],
    reason: "The same: the call of a tool that is not there is answered with an error before a stream could be lost.",
  },
  {
    targets: ["proxy", "fixture"],
    runs: ["0.1"],
    failing: ["server-sse-polling"],
    reason: "This version says that it speaks 2025-03-26, and servers prime clients from 2025-11-25 on.",
  },
  {
    targets: ["passthrough-2025"],
    runs: MODERN,
    failing: ["input-required-result-basic-elicitation", "input-required-result-ignore-extra-params"],
    reason: "Expects the keys of the fixture's questions, which have none in the 2025 revisions: the proxy gives them keys of its own.",
  },
  {
    targets: ["passthrough-2025"],
    runs: MODERN,
    failing: ["input-required-result-capability-check"],
    reason:
      "A server of the 2025 revisions learns what it may ask once for each connection, which serves callers who can be asked other things.",
  },
];
