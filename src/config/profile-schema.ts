import * as z from "zod";
import { LIMITS } from "../core/limits.ts";
import { PROFILE_LIMITS, READ_ONLY_PROFILE } from "../core/profile.ts";
import { policy, toolPattern } from "./policy-schema.ts";

const limits = z.strictObject(
  Object.fromEntries(PROFILE_LIMITS.map((name) => [name, limitValue(name)])) as Record<
    (typeof PROFILE_LIMITS)[number],
    ReturnType<typeof limitValue>
  >,
);

function limitValue(name: (typeof PROFILE_LIMITS)[number]) {
  const { unit, max } = LIMITS[name];
  const error = `Expected a whole number from 1 to ${max} (${unit}).`;
  return z.int({ error }).min(1, { error }).max(max, { error }).optional().describe(`In ${unit}. No larger than limits.${name}.`);
}

const profile = z.strictObject({
  servers: z.array(z.string()).optional().describe("The keys of the upstreams that exist in this profile. Without it, all of them."),
  tools: z
    .array(toolPattern)
    .optional()
    .meta({
      description: "The tools that exist in this profile, as patterns of `<upstream>.<tool>` with `*` and `?`. Without it, all of them.",
      examples: [["github.get_*", "github.list_*"]],
    }),
  policy: policy.describe("A further policy. Of its verdict and that of the policy at the top, the stricter one holds."),
  limits: limits.prefault({}).describe("Limits of an execution that are smaller here than in `limits`."),
});

const error = "A profile's name is 1 to 32 of a-z, 0-9, _ and -.";

/** Views of the proxy with less in them, each at an address of its own. */
export const profiles = z
  .record(
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9_-]{0,31}$/, { error })
      .refine((name) => name !== READ_ONLY_PROFILE, { error: "This profile is built in. Choose another name." }),
    profile,
  )
  .default({})
  .meta({
    description:
      "Smaller proxies at /mcp/<name>: fewer servers, fewer tools, a stricter policy, smaller limits. /mcp/readonly is built in: the tools that call " +
      "themselves read-only.",
    examples: [{ review: { servers: ["github"], policy: { other: "ask" } } }],
  });
