import { doorTexts } from "./door-secrets.ts";
import { replaceReferences } from "./reference-grammar.ts";
import type { Config } from "./schema.ts";

/** The names that the HTTP upstreams and the door refer to: all that the Worker has to know of the environment. */
export function referencedNames(config: Pick<Config, "upstreams" | "callers" | "signIn">): Set<string> {
  const texts = config.upstreams.flatMap((upstream) =>
    upstream.kind === "http"
      ? [upstream.url, ...Object.values(upstream.headers), upstream.oauth?.clientId ?? "", upstream.oauth?.clientSecret ?? ""]
      : [],
  );
  const names = new Set<string>();
  for (const text of [...texts, ...doorTexts(config)]) {
    replaceReferences(text, (name) => {
      names.add(name);
      return "";
    });
  }
  return names;
}
