import { expect, it } from "vitest";
import { judge } from "./judge.ts";

const verdicts = new Map([
  ["passes", new Map<string, string>()],
  [
    "fails",
    new Map([
      ["first", "no"],
      ["second", "no again"],
    ]),
  ],
]);
const entry = (failing: string[]) => [{ targets: ["proxy"], runs: ["now"], failing, reason: "because" }];

it("what fails and is not expected to is unexpected, check by check", () => {
  expect(judge("proxy", "now", verdicts, entry(["fails:first"]))).toEqual({ unexpected: ["fails:second: no again"], stale: [] });
});

it("an entry for a scenario covers all of its checks", () => {
  expect(judge("proxy", "now", verdicts, entry(["fails"]))).toEqual({ unexpected: [], stale: [] });
});

it.each([["passes"], ["fails:third"], ["not run at all"]])("an entry that nothing meets is stale: %s", (failing) => {
  expect(judge("proxy", "now", verdicts, entry(["fails", failing])).stale).toEqual([failing]);
});

it("entries of other targets and runs are none of this one", () => {
  expect(judge("another", "now", new Map(), entry(["fails"]))).toEqual({ unexpected: [], stale: [] });
  expect(judge("proxy", "later", new Map(), entry(["fails"]))).toEqual({ unexpected: [], stale: [] });
});

it("what fails directly as well is not the proxy's doing, and an entry for it is stale", () => {
  const direct = new Map([["fails", new Map([["first", "no"]])]]);
  expect(judge("proxy", "now", verdicts, entry(["fails:first"]), direct)).toEqual({
    unexpected: ["fails:second: no again"],
    stale: ["fails:first"],
  });
});
