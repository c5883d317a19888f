import { CodemodeError } from "../core/errors.ts";
import type { Decide } from "../core/policy.ts";
import type { Approve } from "./tool-calls.ts";

/** Lets calls pass that the policy allows. The caller cannot be asked, so what needs a person fails, and says how to allow it. */
export function approveByPolicy(decide: Decide): Approve {
  return async (key, tool) => {
    if (decide(key, tool) === "allow") return;
    const pattern = JSON.stringify(`${key}.${tool.name}`);
    throw new CodemodeError("tool_approval", "a person has to allow this call, and your client cannot ask one", {
      remedy: `The owner can write "policy": { "tools": { ${pattern}: "allow" } } into the configuration.`,
    });
  };
}
