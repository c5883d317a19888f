// What a program sees as globals: one object per namespace, `codemode`, `ToolError`, `console`.
const { parse, stringify } = JSON;
const { create, defineProperty, entries, freeze, fromEntries, prototype: objectPrototype } = Object;
const { isArray } = Array;
const { isFinite } = Number;
const PlainError = Error;
const kinds = { Promise, Map, Set };
const opaque = [RegExp, Error, ArrayBuffer];
const isView = ArrayBuffer.isView.bind(ArrayBuffer);

/** Thrown where a call fails. `content` holds the upstream's content blocks if it answered at all. */
class ToolError extends Error {
  constructor({ message, code, namespace, tool, content, structuredContent }) {
    super(message);
    this.code = code;
    this.namespace = namespace;
    this.tool = tool;
    this.content = content ?? [];
    if (structuredContent !== undefined) this.structuredContent = structuredContent;
  }
}
defineProperty(ToolError.prototype, "name", { value: "ToolError", configurable: true, writable: true });

/**
 * `send(requestText) -> Promise<answerText>` is the bridge; `namespaces` maps a namespace to the identifiers of its tools; `emit` is
 * `codemode.emit`.
 */
export function installApi(namespaces, console, emit, send) {
  const ask = async (request) => {
    const text = await send(request);
    // What `codemode.result` reads was written by a sandbox, and is no answer of the host's.
    if (text[0] === "=") return parse(text.slice(1));
    const answer = parse(text);
    if (answer.error !== undefined) throw new ToolError(answer.error);
    return answer.value;
  };
  for (const [namespace, identifiers] of entries(namespaces)) {
    setGlobal(namespace, namespaceObject(namespace, identifiers, ask));
  }
  const codemode = {
    raw: async (name, input) => {
      if (typeof name === "string") return call(ask, { op: "raw", name }, input);
      throw new TypeError('codemode.raw(name, args): name is a text such as "server.tool"');
    },
    search: async (query, options) => ask(stringify({ op: "search", query, options })),
    describe: async (name) => ask(stringify({ op: "describe", name })),
    namespaces: async () => ask(stringify({ op: "namespaces" })),
    emit,
    result: async (id) => ask(stringify({ op: "result", id })),
    resources: {
      list: async (namespace) => placed(ask, stringify({ op: "resources.list", namespace })),
      templates: async (namespace) => placed(ask, stringify({ op: "resources.templates", namespace })),
      read: async (uri) => placed(ask, stringify({ op: "resources.read", uri })),
    },
    prompts: {
      list: async (namespace) => placed(ask, stringify({ op: "prompts.list", namespace })),
      get: async (name, args) => call(ask, { op: "prompts.get", name }, args, "codemode.prompts.get"),
    },
  };
  setGlobal("codemode", ours("codemode", codemode));
  setGlobal("ToolError", ToolError);
  setGlobal("console", console);
}

/** What the proxy itself offers under `path`: any other name says, when it is called, which there are. */
function ours(path, own) {
  const there = methodsOf(path, own).join(", ");
  const missing = (name) => async () => {
    const message = `${path}.${name} does not exist. There are: ${there}`;
    throw new ToolError({ message, code: "tool_unknown", namespace: "codemode", tool: `${path}.${name}`.slice("codemode.".length) });
  };
  const inner = entries(own).map(([name, value]) => [name, typeof value === "object" ? ours(`${path}.${name}`, value) : value]);
  return guessing(fromEntries(inner), missing);
}

function methodsOf(path, own) {
  return entries(own).flatMap(([name, value]) => (typeof value === "object" ? methodsOf(`${path}.${name}`, value) : [`${path}.${name}`]));
}

function namespaceObject(namespace, identifiers, ask) {
  const method = (tool) => (input) => call(ask, { op: "call", namespace, tool }, input);
  // An unknown tool is asked for all the same: the host answers with the closest names, which "undefined is not a function" does not.
  return guessing(fromEntries(identifiers.map((identifier) => [identifier, method(identifier)])), method);
}

/** A frozen object with `own` properties; any other name gives what `guess` makes of it. */
function guessing(own, guess) {
  // `then` and `toJSON` stay undefined: a namespace that is awaited, returned or logged must not call anything.
  const unknown = new Proxy(create(null), {
    get: (_, property) =>
      typeof property !== "string" || property === "then" || property === "toJSON" || property in objectPrototype
        ? objectPrototype[property]
        : guess(property),
    has: () => false,
  });
  const api = create(unknown);
  for (const [name, value] of entries(own)) defineProperty(api, name, { value, enumerable: true });
  return freeze(api);
}

async function call(ask, operation, input = {}, name = operation.name ?? `${operation.namespace}.${operation.tool}`) {
  const refuse = (problem) => {
    const [namespace, ...tool] = String(name).split(".");
    throw new ToolError({ message: `${name}: ${problem}`, code: "tool_arguments", namespace, tool: tool.join(".") });
  };
  if (input === null || typeof input !== "object" || isArray(input)) {
    refuse(`takes one object with named arguments, got ${input === null ? "null" : isArray(input) ? "an array" : `a ${typeof input}`}`);
  }
  if (typeof input.toJSON === "function") refuse("takes one object with named arguments, got one that JSON makes something else of");
  let request;
  try {
    request = stringify({ ...operation, args: input }, refuseUnsendable);
  } catch (error) {
    refuse(`the arguments cannot be sent as JSON: ${error?.message ?? "something other than an error was thrown"}`);
  }
  return placed(ask, request);
}

/** Has an error know who made the request: it may come before anybody awaits it, and then its own stack does not tell. */
async function placed(ask, request) {
  const { stack } = new PlainError();
  try {
    return await ask(request);
  } catch (error) {
    if (error instanceof ToolError && !knowsItsPlace(error)) error.stack += stack.slice(stack.indexOf("\n"));
    throw error;
  }
}

/** Looks behind the message: an upstream wrote it, and it may speak of places as well. */
function knowsItsPlace({ stack, message }) {
  return stack.slice(stack.indexOf(message) + message.length).includes("program.js:");
}

/** JSON.stringify turns these silently into `{}` or into nothing, so what the program meant would be lost on the way. */
function refuseUnsendable(key, value) {
  const what = unsendable(value);
  if (what !== undefined) throw new TypeError(`"${key}" is ${what}`);
  return value;
}

function unsendable(value) {
  if (typeof value === "bigint") return "a BigInt; use a number or a string";
  if (typeof value === "function" || typeof value === "symbol") return `a ${typeof value}`;
  if (typeof value === "number" && !isFinite(value)) return `${value}, which JSON does not have`;
  if (value instanceof kinds.Promise) return "a Promise; add await";
  if (value instanceof kinds.Map) return "a Map; use Object.fromEntries(map)";
  if (value instanceof kinds.Set) return "a Set; use [...set]";
  if (isView(value) || opaque.some((kind) => value instanceof kind)) {
    const name = value.constructor.name;
    return `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}; send a text or an array`;
  }
  return undefined;
}

function setGlobal(name, value) {
  defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
