import ts from "typescript-js";
import { insteadOf } from "./absent.ts";
import { CALLS, COMPARISONS, COUNTS, ITERATION, NAMES, PROPERTIES, VALUES } from "./codes.ts";
import { calleeAt, callAround, iteratedAt, nameIn, ownerOf, sinkOf } from "./places.ts";
import { calledTool, isNamespace, isOurs, isPromise, namespaceOf, partsOf, toolAround } from "./types.ts";
import type { CheckedFile } from "./type-checker.ts";

const MAX_TYPE = 60;
const MAX_EXPRESSION = 40;
const MAX_TOOLS = 8;

/** What TypeScript says, for a model: what it takes for granted is left out, what would mend it is put in. */
export function wordingOf({ code, messageText }: ts.Diagnostic, node: ts.Node, { file, checker }: CheckedFile): string {
  const message = shortened(messageText);
  const isPromised = (value: ts.Node) => partsOf(checker.getTypeAtLocation(value)).every(isPromise);
  if (NAMES.has(code)) return unknownName(node.getText(file), message);
  if (PROPERTIES.has(code)) {
    const owner = ownerOf(node);
    if (owner === undefined) return message;
    if (isPromised(owner.typed)) return addAwait(owner.value ?? owner.typed);
    const type = checker.getTypeAtLocation(owner.typed);
    return isNamespace(type) ? unknownTool(checker, type, node.getText(file), message) : message;
  }
  if (ITERATION.has(code)) {
    const value = iteratedAt(node) ?? node;
    return isPromised(value)
      ? addAwait(value)
      : `${quoted(value)} is not iterable: its type is ${shortType(checker.typeToString(checker.getTypeAtLocation(value)))}.`;
  }
  if (CALLS.has(code)) {
    const callee = calleeAt(node) ?? node;
    return isPromised(callee) ? addAwait(callee) : `${quoted(callee)} cannot be called: it is no function.`;
  }
  if (COUNTS.has(code)) return `${takes(callAround(node)) ?? "It takes one object with named arguments."} ${message}`;
  if (VALUES.has(code)) {
    const { sink, value } = sinkOf(node);
    const call = sink !== undefined && ts.isCallExpression(sink) ? sink : undefined;
    const callee = call?.expression.getText(file) ?? "";
    if (isPromised(value)) return callee.startsWith("Promise.") ? `${callee} takes an array of promises.` : addAwait(value);
    const usage = takes(call);
    if (/^Argument of type (?:'\w+' is not|.* parameter of type 'string')/.test(message) && usage !== undefined)
      return `${usage} ${message}`;
    if (/'TimerHandler'/.test(message))
      return "The first argument is a function. To wait: `await new Promise((resolve) => setTimeout(resolve, ms))`.";
  }
  return COMPARISONS.has(code)
    ? message.replace("This comparison appears to be unintentional because the", "The two are never equal: the")
    : message;

  function takes(call: ts.CallLikeExpression | undefined): string | undefined {
    const tool = call === undefined ? undefined : calledTool(checker, call);
    if (call === undefined || tool === undefined) return undefined;
    if (!isOurs(tool)) return `${tool} takes one object with named arguments.`;
    const names = checker.getResolvedSignature(call)?.parameters.map(({ name, valueDeclaration: declared }) => {
      return declared !== undefined && ts.isParameter(declared) && declared.questionToken !== undefined ? `${name}?` : name;
    });
    return `It is ${tool}(${names?.join(", ") ?? ""}).`;
  }

  function addAwait(value: ts.Node): string {
    return `${quoted(value)} is a Promise, not its result: add \`await\`.`;
  }

  function quoted(expression: ts.Node): string {
    const text = expression.getText(file).replace(/\s+/g, " ");
    return text.length <= MAX_EXPRESSION ? `\`${text}\`` : `\`${text.slice(0, MAX_EXPRESSION)}…\``;
  }
}

function unknownName(name: string, message: string): string {
  const instead = insteadOf(name);
  return instead === undefined ? message.replace(/ Do you need to .*/, "") : `Cannot find name '${name}'. ${instead}`;
}

/** Says what there is where nothing is near. */
export function unknownTool(checker: ts.TypeChecker, type: ts.Type, name: string, message: string): string {
  const namespace = namespaceOf(type.symbol);
  const [, near] = /Did you mean '(.+)'\?$/.exec(message) ?? [];
  if (near !== undefined) return `${namespace}.${name} does not exist. Did you mean ${namespace}.${near}?`;
  const tools = checker.getPropertiesOfType(type).map((property) => property.name);
  const more = tools.length > MAX_TOOLS ? `, … (${tools.length} in all)` : "";
  return `${namespace}.${name} does not exist. There are: ${tools.slice(0, MAX_TOOLS).join(", ")}${more}`;
}

/** Of a chain, where in the value the mistake is and what it is. */
function shortened(message: string | ts.DiagnosticMessageChain): string {
  if (typeof message === "string") return withShortTypes(message);
  const path: string[] = [];
  let at = message;
  for (let next = at.next?.at(-1); next !== undefined; next = at.next?.at(-1)) {
    at = next;
    const [, property] = /^Types of property '(.+)' are incompatible/.exec(at.messageText) ?? [];
    if (property !== undefined) path.push(property);
  }
  const place = path.length === 0 ? "" : `'${path.join(".")}': `;
  return place + withShortTypes(at.messageText);
}

function withShortTypes(message: string): string {
  return message
    .replaceAll(/'(\{[^']*\}(?:\[\])*)'/g, (_quoted, type: string) => `'${shortType(type)}'`)
    .replace(/^Object literal may only specify known properties, (?:and|but) /, "");
}

/** The declaration is shown anyway. */
function shortType(type: string): string {
  if (type.length <= MAX_TYPE) return type;
  const [, list = ""] = /\}((?:\[\])*)$/.exec(type) ?? [];
  return `${type.slice(0, MAX_TYPE).trimEnd()} … }${list}`;
}

/** The tool that a problem is about: the one that is called there, or the one whose answer is misread. */
export function toolConcerned(node: ts.Node, { checker }: CheckedFile): string | undefined {
  for (let at = node; !ts.isSourceFile(at) && !ts.isFunctionLike(at); at = at.parent) {
    if (ts.isCallExpression(at) || ts.isNewExpression(at)) {
      const tool = calledTool(checker, at);
      if (tool !== undefined) return tool;
    }
  }
  const owner = ownerOf(node)?.typed ?? iteratedAt(node) ?? node;
  for (const part of partsOf(checker.getTypeAtLocation(owner))) {
    const declaration = part.symbol?.declarations?.[0];
    const tool = declaration === undefined || isNamespace(part) ? undefined : toolAround(declaration);
    if (tool !== undefined) return tool;
  }
  return undefined;
}

/** The namespace of an unknown tool. */
export function namespaceLacking(node: ts.Node, { file, checker }: CheckedFile): string | undefined {
  const owner = ownerOf(node);
  const type = owner === undefined ? undefined : checker.getTypeAtLocation(owner.typed);
  if (type === undefined || !isNamespace(type)) return undefined;
  return checker.getPropertyOfType(type, nameIn(node, file)) === undefined ? namespaceOf(type.symbol) : undefined;
}
