import type { Problem, Refused } from "../core/execution.ts";
import { excerpt, placeOf } from "./places.ts";

/** A longer error costs the model more than the mistake. */
const MAX_CHARS = 1_150;
const MAX_MESSAGE = 400;

/** Why a program was not run: as many problems as there is room for beside the declarations of the tools that are misused. */
export function refusalText({ problems, declarations = [] }: Refused, source: string): string {
  const [first, ...others] = problems.map((problem) => problemText(problem, source));
  const parts = ["The program was not run:", first ?? ""];
  let left = MAX_CHARS - parts.join("\n").length;
  const shown = declarations.filter((declaration) => (left -= declaration.length + 1) > 0);
  for (const [index, other] of others.entries()) {
    left -= other.length + 1;
    if (left < 0) {
      parts.push(`… and ${others.length - index} more`);
      break;
    }
    parts.push(other);
  }
  return [...parts, ...shown].join("\n");
}

function problemText(problem: Problem, source: string): string {
  const { message } = problem;
  const text = message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;
  return `${placeOf(problem)} ${text}\n${excerpt(problem, source)}`;
}
