import type * as z from "zod";
import { PROFILE_LIMITS, profileNames } from "../core/profile.ts";
import { closest } from "./closest.ts";
import { keyPath } from "./key-path.ts";
import type { configSchema } from "./schema.ts";

type Input = Pick<z.output<typeof configSchema>, "mcpServers" | "profiles" | "callers" | "limits">;

/** What is wrong with profiles beside the rest of the configuration: one line for each problem. */
export function profileProblems({ mcpServers, profiles, callers, limits }: Input): string[] {
  const keys = Object.keys(mcpServers);
  const names = profileNames(profiles);
  return [
    ...Object.entries(profiles).flatMap(([name, profile]) => [
      ...(profile.servers ?? []).flatMap((server, index) =>
        keys.includes(server)
          ? []
          : [`${keyPath(["profiles", name, "servers", index])}: There is no such key in "mcpServers".${guess(server, keys)}`],
      ),
      ...PROFILE_LIMITS.flatMap((limit) =>
        (profile.limits[limit] ?? 0) > limits[limit]
          ? [
              `${keyPath(["profiles", name, "limits", limit])}: Larger than limits.${limit}, which is ${limits[limit]}. A profile can only have less.`,
            ]
          : [],
      ),
    ]),
    ...Object.entries(callers).flatMap(([caller, { profile }]) =>
      profile === undefined || names.includes(profile)
        ? []
        : [`${keyPath(["callers", caller, "profile"])}: There is no such profile.${guess(profile, names)}`],
    ),
  ];
}

function guess(name: string, names: readonly string[]): string {
  const found = closest(name, names);
  return found === undefined ? "" : ` Did you mean ${JSON.stringify(found)}?`;
}
