import { doorTexts } from "./door-secrets.ts";
import { replaceReferences } from "./reference-grammar.ts";
import type { Config } from "./schema.ts";

/** The names that the HTTP upstreams, the door and telemetry refer to: all that the Worker has to know of the environment. */
export function referencedNames(config: Pick<Config, "upstreams" | "callers" | "signIn" | "telemetry">): Set<string> {
  const texts = config.upstreams.flatMap((upstream) =>
    upstream.kind === "http"
      ? [upstream.url, ...Object.values(upstream.headers), upstream.oauth?.clientId ?? "", upstream.oauth?.clientSecret ?? ""]
      : [],
  );
  const names = new Set<string>();
  for (const text of [...texts, ...doorTexts(config), ...telemetryTexts(config)]) {
    replaceReferences(text, (name) => {
      names.add(name);
      return "";
    });
  }
  return names;
}

function telemetryTexts({ telemetry }: Pick<Config, "telemetry">): string[] {
  return telemetry === undefined ? [] : [telemetry.endpoint, ...Object.values(telemetry.headers)];
}
