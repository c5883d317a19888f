import type { ScriptedOffers } from "../support/scripted-offers.ts";

const GUIDES: Readonly<Record<string, string>> = {
  "CONTRIBUTING.md": "# Contributing\n\nOpen an issue first.\n\n## Tests\n\nRun `npm test`.",
  "SECURITY.md": "# Security\n\nWrite to security@example.com.",
};
const LOGO = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** What the servers that the programs find have besides tools, by key. */
export const FIXTURE_OFFERS: Readonly<Record<string, ScriptedOffers>> = {
  github: {
    resources: [
      ...Object.keys(GUIDES).map((name) => ({ uri: `repo://acme/web/${name}`, name, mimeType: "text/markdown" })),
      { uri: "repo://acme/web/logo.png", name: "logo.png", mimeType: "image/png", size: 70 },
    ],
    templates: [{ uriTemplate: "repo://{owner}/{repo}/{path}", name: "file", description: "A file of a repository" }],
    read(uri) {
      if (uri === "repo://acme/web/logo.png") return { contents: [{ uri, mimeType: "image/png", blob: LOGO }] };
      const text = GUIDES[uri.replace("repo://acme/web/", "")];
      return text === undefined ? undefined : { contents: [{ uri, mimeType: "text/markdown", text }] };
    },
    prompts: [
      { name: "review", description: "Reviews a pull request", arguments: [{ name: "number", required: true }, { name: "focus" }] },
      { name: "triage", description: "Sorts open issues" },
    ],
    get(name, args) {
      const { number, focus = "everything" } = args as { number?: string; focus?: string };
      if (name === "triage") return { messages: [{ role: "user", content: { type: "text", text: "Sort the open issues." } }] };
      if (name !== "review" || number === undefined) return undefined;
      const guide = { uri: "repo://acme/web/CONTRIBUTING.md", mimeType: "text/markdown", text: GUIDES["CONTRIBUTING.md"] };
      return {
        description: "Reviews a pull request",
        messages: [
          { role: "user", content: { type: "text", text: `Review pull request ${number}. Look at ${focus}.` } },
          { role: "user", content: { type: "resource", resource: guide } },
        ],
      };
    },
  },
};
