import * as z from "zod";
import { plain } from "./text-schema.ts";

const verdict = z.enum(["allow", "ask", "deny"]);

/** A tool's name may hold anything, so a pattern is only judged for what could never match. */
function patternProblem(pattern: string): string | undefined {
  return /[.*]/.test(pattern) ? undefined : 'Matches no tool. Write upstream and tool, as in "github.delete_*".';
}

/** `<upstream>.<tool>` with `*` and `?`. */
export const toolPattern = plain(patternProblem);

/** Which tools run freely, which ask a person first, and which do not exist for the caller. */
export const policy = z
  .strictObject({
    tools: z
      .record(toolPattern, verdict)
      .default({})
      .meta({
        description:
          "Verdicts by `<upstream>.<tool>`: the key in this file, a dot, and the upstream's own name of the tool. `*` stands for any text, `?` for " +
          "one character. The pattern that says most wins; of two that say as much, the stricter one.",
        examples: [{ "github.delete_*": "deny", "github.*": "allow", "mail.send": "ask" }],
      }),
    readOnly: verdict.default("allow").describe("The verdict for tools that call themselves read-only, where no pattern matches."),
    destructive: verdict.default("allow").describe("The same for tools that call themselves destructive."),
    other: verdict.default("allow").describe("The same for all others: most tools say nothing of themselves."),
  })
  .prefault({})
  .describe('What may happen to a call: "allow" runs it, "ask" asks a person first, "deny" hides the tool from the model.');
