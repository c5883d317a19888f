import type { Returned } from "../core/execution.ts";
import type { Limits } from "../core/limits.ts";
import type { RawResult } from "../sandbox/executor.ts";
import { WHY_REFUSED } from "./blocks.ts";
import type { BlockCollector } from "./blocks.ts";
import type { KeptResults } from "./kept-results.ts";

interface ReturnedDeps {
  readonly results: KeptResults;
  readonly limits: Limits;
}

/** What a sandbox says that its program returned. If that is less than the whole, the whole is kept, and a notice says how to read it. */
export function readReturned(
  { text, blocks: packed, chars, leftOut, whole }: RawResult,
  collector: BlockCollector,
  deps: ReturnedDeps,
): Returned {
  const { limits } = deps;
  const { blocks, refused } = collector.returned(packed);
  const notice = [
    ...(chars === undefined ? [] : [`Shortened: the whole result has ${chars} characters, and resultChars = ${limits.resultChars}.`]),
    ...(leftOut === 0
      ? []
      : [`Content blocks left out: ${leftOut}, beyond blocks = ${limits.blocks} or blockBytes = ${limits.blockBytes}.`]),
    ...(chars === undefined && leftOut === 0 ? [] : [howToRead(whole, deps)]),
    ...(refused === 0 ? [] : [`Content blocks refused: ${refused}. ${WHY_REFUSED}`]),
  ].join(" ");
  return {
    kind: "returned",
    // The harness has shortened it; a sandbox that lies about that is cut without ceremony.
    text: text.slice(0, limits.resultChars),
    ...(blocks.length > 0 && { blocks }),
    ...(notice !== "" && { notice }),
  };
}

function howToRead(whole: string | undefined, { results, limits }: ReturnedDeps): string {
  const id = whole === undefined ? undefined : results.keep(whole);
  if (id === undefined) return `It is larger than resultBytes = ${limits.resultBytes} and was not kept: return less, or a part.`;
  return `For ${Math.round(limits.keptMs / 60_000)} minutes a program gets the whole value by await codemode.result("${id}").`;
}
