import type { Frame, Thrown } from "../core/execution.ts";
import type { Limits } from "../core/limits.ts";
import { toOriginal } from "../program/positions.ts";
import type { Insert } from "../program/positions.ts";
import type { RawThrown } from "../sandbox/executor.ts";

const MAX_FRAMES = 10;
const MAX_CAUSES = 10;

/** What a sandbox says that its program threw. Positions of the module become those of what the caller sent: `inserts` lies between. */
export function readThrown({ stack, name, message, causes }: RawThrown, inserts: readonly Insert[], { resultChars }: Limits): Thrown {
  const cut = (text: string) => text.slice(0, resultChars);
  return {
    name: cut(name),
    message: cut(message),
    frames: framesOf(stack, inserts),
    causes: causes.slice(0, MAX_CAUSES).map((cause) => {
      const [frame] = framesOf(cause.stack, inserts);
      return { text: cut(cause.text), ...(frame !== undefined && { frame }) };
    }),
  };
}

function framesOf(stack: string, inserts: readonly Insert[]): Frame[] {
  const frames: Frame[] = [];
  for (const [, line, column] of stack.matchAll(/^ +at .*?program\.js:(\d+):(\d+)\)?$/gm)) {
    if (frames.length === MAX_FRAMES) break;
    frames.push(toOriginal(inserts, Number(line), Number(column)));
  }
  return frames;
}
