import { declare } from "../catalog/catalog.ts";
import type { Catalog, CatalogNamespace, CatalogTool } from "../catalog/catalog.ts";
import { messageOf } from "../core/errors.ts";
import type { Problem, Refused } from "../core/execution.ts";
import type { Checked, CheckedProblem, NamespaceText } from "../program/check.ts";
import { shortDeclaration } from "./declaration.ts";
import type { LiveCatalogDeps } from "./live-catalog.ts";

export interface JudgeDeps extends LiveCatalogDeps {
  /** Whether a program that misuses a tool is refused, only told so, or not checked at all. */
  readonly checking: "off" | "warn" | "error";
  readonly check: (source: string, namespaces: readonly NamespaceText[]) => Promise<Checked>;
  readonly log: (line: string) => void;
}

export interface Verdict {
  readonly refused?: Refused;
  /** For the caller, whatever becomes of the program. */
  readonly notes: readonly string[];
  /** The program ends without anything to see. */
  readonly silent: boolean;
}

const NOT_CHECKED = "The program was not checked before it ran: the checker did not get done with it.";

/** What the Checker says of a program. Never rejects: a Checker that fails must not keep a program from running. */
export async function judge(source: string, deps: JudgeDeps): Promise<Verdict> {
  const { checking, catalog, log } = deps;
  if (checking === "off") return { notes: [], silent: false };
  try {
    const { problems, warnings, silent } = await checkAgainstNewest(source, deps);
    const notes = warnings.map(noteOf);
    if (problems.length === 0) return { notes, silent };
    if (checking === "warn") return { notes: [...problems.map(noteOf), ...notes], silent };
    return { refused: { kind: "refused", problems, declarations: declarationsOf(problems, catalog()) }, notes: [], silent };
  } catch (error) {
    log(`a program was not checked: ${messageOf(error)}`);
    return { notes: [NOT_CHECKED], silent: false };
  }
}

/** An upstream may have new tools without having said so: a name that is missing is worth another look at its list, as it is when it is called. */
async function checkAgainstNewest(source: string, { catalog, rereadUpstream, check }: JudgeDeps): Promise<Checked> {
  const known = catalog();
  const checked = await check(source, checkedTexts(known));
  const lacking = new Set(checked.problems.flatMap(({ unknownIn }) => known.namespace(unknownIn ?? "")?.upstream ?? []));
  await Promise.all([...lacking].map(rereadUpstream));
  return catalog() === known ? checked : check(source, checkedTexts(catalog()));
}

function noteOf({ line, column, message }: Problem): string {
  return `program.js:${line}:${column} ${message}`;
}

/** Each of the tools that are misused once. */
function declarationsOf(problems: readonly CheckedProblem[], catalog: Catalog): string[] {
  const names = new Set(problems.flatMap(({ tool }) => (tool === undefined ? [] : [tool])));
  return [...names].flatMap((name) => {
    const [namespace = "", identifier = ""] = name.split(".");
    const tool = catalog.find(namespace, identifier);
    return tool === undefined ? [] : [shortDeclaration(tool)];
  });
}

/** What programs are checked against. */
export function checkedTexts(catalog: Catalog): NamespaceText[] {
  return catalog.namespaces.map(textOf);
}

/** The texts last as long as the lists of tools that they are made of: the Checker knows them by heart as long as nothing changes. */
const texts = new WeakMap<readonly CatalogTool[], NamespaceText>();

function textOf(namespace: CatalogNamespace): NamespaceText {
  const { name, status, tools } = namespace;
  // What an upstream offers that is away now is seen when it is called.
  if (status !== "ready") return { name, text: `declare const ${name}: any;\n` };
  const known = texts.get(tools) ?? { name, text: declare(namespace, "checked") };
  texts.set(tools, known);
  return known;
}
