import type { Cli } from "./cli.ts";
import type { Seen } from "./model-api.ts";
import type { Greeting } from "./recorder.ts";

export interface Run {
  readonly cli: Cli;
  readonly over: "HTTP" | "stdio";
  /** The first request to the model that shows it the tool. */
  readonly first: Seen;
  /** What has come back of the call, as the client shows it to the model. */
  readonly result: unknown;
  /** What was said over HTTP; over stdio nobody listens in. */
  readonly greetings: readonly Greeting[];
  readonly methods: readonly string[];
}

/** What the proxy has sent, to compare with. */
export interface Sent {
  readonly description: string;
  readonly instructions: string;
}

/** The report in Markdown: one section for each client. */
export function reportOf(runs: readonly Run[], sent: Sent): string {
  const names = [...new Set(runs.map(({ cli }) => cli))];
  return names
    .map((cli) =>
      sectionOf(
        runs.filter((run) => run.cli === cli),
        sent,
      ),
    )
    .join("\n\n");
}

function sectionOf(runs: readonly Run[], sent: Sent): string {
  const [run] = runs;
  if (run === undefined) return "";
  const { cli, first, result, greetings, methods } = run;
  const [name = "", description = ""] = Object.entries(first.tools).find(([tool]) => tool.endsWith("execute_code")) ?? [];
  const asked = greetings.map(({ method, params }) => `\`${method}\` ${versionIn(params)}`);
  const capabilities = greetings.flatMap(({ params }) => Object.keys((params["capabilities"] ?? {}) as object));
  const lines = [
    `the model's name for the tool: ${name
      .split("\u0000")
      .toReversed()
      .map((part) => `\`${part}\``)
      .join(" in the namespace ")}`,
    `of the description (${count(sent.description)}) the model gets ${kept(description, sent.description)}; of the instructions (${count(sent.instructions)}) ${keptIn(first.text, sent.instructions)}`,
    `connects with ${asked.join(", then ") || "nothing that was noted"}; declares ${list(capabilities)}; uses ${list(methods)}`,
    `of a text and an image the model gets ${shapeOf(result)}`,
    `completed one execution over ${runs.map(({ over }) => over).join(" and ")}`,
  ];
  return [`### ${cli.name} ${cli.version}`, "", ...lines.map((line) => `- ${line}`)].join("\n");
}

function versionIn(params: Readonly<Record<string, unknown>>): string {
  const meta = (params["_meta"] ?? {}) as Record<string, unknown>;
  return String(params["protocolVersion"] ?? meta["io.modelcontextprotocol/protocolVersion"] ?? "");
}

const count = (text: string) => `${text.length.toLocaleString("en")} characters`;

function kept(description: string, sent: string): string {
  if (!description.includes(sent.trim()))
    return `${count(description)}, ${description.length < sent.length ? "cut" : "changed"} by the client`;
  const more = description.length - sent.length;
  return more === 0 ? "all" : `all, and ${more} more of the client's own`;
}

/** Instructions stand somewhere in the request, as JSON text: how much of their beginning does? */
function keptIn(request: string, sent: string): string {
  const whole = JSON.stringify(sent).slice(1, -1);
  let length = whole.length;
  while (length > 0 && !request.includes(whole.slice(0, length))) length = length > 64 ? length - 32 : 0;
  return length === whole.length ? "all" : length === 0 ? "nothing" : `the first ${length.toLocaleString("en")} or so`;
}

const list = (names: readonly string[]) => (names.length === 0 ? "nothing" : [...new Set(names)].map((name) => `\`${name}\``).join(", "));

/** A result without its data: names and kinds alone. */
function shapeOf(result: unknown): string {
  const shape = (value: unknown): unknown => {
    if (typeof value === "string") return value.length > 60 ? `${value.slice(0, 40)}… (${count(value)})` : value;
    if (Array.isArray(value)) return value.map(shape);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]));
  };
  return `\`${JSON.stringify(shape(result)).replaceAll("`", "'")}\``;
}
