import { DEFAULT_LIMITS } from "../../../src/core/limits.ts";
import type { Limits } from "../../../src/core/limits.ts";
import { Errands } from "../../../src/mcp/errands.ts";

/** The errands of a Workspace of its own. */
export function errandsOf(limits: Partial<Limits> = {}, onParked = () => {}): Errands {
  return new Errands({ sealingKey: crypto.getRandomValues(new Uint8Array(32)), limits: { ...DEFAULT_LIMITS, ...limits }, onParked });
}
