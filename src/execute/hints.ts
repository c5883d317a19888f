import type { Catalog } from "../catalog/catalog.ts";
import { namespaceHint, unknownTool } from "../catalog/unknown.ts";
import type { Thrown } from "../core/execution.ts";
import { insteadOf } from "../program/absent.ts";
import type { ResultShapes } from "./result-shapes.ts";

/** An error's message may be of any size; what V8 says itself is short. */
const MAX_READ_CHARS = 300;

/** What V8 says of a value that turned out to be another than the program took it for. */
const MISTAKEN =
  /is not a function|is not iterable|is not a constructor|Cannot read properties of|Cannot destructure|Cannot convert undefined or null|Invalid attempt|not valid JSON|in JSON at position|end of JSON input/;

/** What a program needs to know that has met an error of the language itself, as far as the host can tell. */
export function hintFor({ name, message }: Pick<Thrown, "name" | "message">, catalog: Catalog, shapes: ResultShapes): string | undefined {
  const said = message.slice(0, MAX_READ_CHARS);
  if (name === "ReferenceError") return undefinedName(said, catalog);
  if (name === "EvalError") return "Code cannot be made from text here: write it into the program.";
  if (/not permitted to access the internet/.test(said))
    return 'There is no network here: call a tool. await codemode.search("...") finds one.';
  if (name !== "TypeError" && name !== "SyntaxError") return undefined;
  const onNamespace = name === "TypeError" ? nestedTool(said, catalog) : undefined;
  if (onNamespace !== undefined) return onNamespace;
  if (!MISTAKEN.test(said)) return undefined;
  const parsed = /"\[object \w+\]?" is not valid JSON|"\[object Obj"\.\.\. is not valid JSON/.test(said);
  return [...(parsed ? ["It is no text but a value already: leave out JSON.parse."] : []), ...shapes.lines()].join("\n") || undefined;
}

function undefinedName(message: string, catalog: Catalog): string | undefined {
  const [, name] = /^([\w$]+) is not defined$/.exec(message) ?? [];
  return name === undefined ? undefined : (insteadOf(name) ?? namespaceHint(catalog, name));
}

/** `github.issues.list is not a function`: tools stand directly on a namespace. */
function nestedTool(message: string, catalog: Catalog): string | undefined {
  const [, namespace = "", rest] = /^([\w$]+)((?:\.[\w$]+)*) is not a function$/.exec(message) ?? [];
  if (rest === undefined || catalog.namespace(namespace) === undefined) return undefined;
  const identifier = rest.slice(1);
  if (identifier === "") return `${namespace} is an object, and its tools are its methods: ${namespace}.tool({ ... }).`;
  return `The tools are methods of ${namespace} itself. ${unknownTool(catalog, namespace, identifier).message}`;
}
