import ts from "typescript-js";
import { beforeAll, describe, expect, it } from "vitest";
import { checkerLibrary, codemodeDeclarations } from "../../scripts/checker-library.ts";
import { openCaller } from "../support/callers.ts";
import { startProxy } from "../support/proxy.ts";

/** What a sandbox has and a program should not use: each is refused with a hint, or nobody knows it. */
const NOT_DECLARED = words(`
  eval fetch WebSocket WebSocketPair WebSocketRequestResponsePair EventSource caches Cache CacheStorage Cloudflare HTMLRewriter Body Navigator
  FixedLengthStream IdentityTransformStream ServiceWorkerGlobalScope WorkerGlobalScope ExtendableEvent FetchEvent ScheduledEvent TailEvent
  TraceEvent
  __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ constructor hasOwnProperty isPrototypeOf propertyIsEnumerable
  toLocaleString toString valueOf`);

const PROGRAM = `
const names = new Set();
for (let at = globalThis; at !== null; at = Object.getPrototypeOf(at)) for (const name of Object.getOwnPropertyNames(at)) names.add(name);
const membersOf = (value) => {
  const members = [];
  for (let at = value; at !== null && at !== Object.prototype && at !== Function.prototype; at = Object.getPrototypeOf(at)) {
    members.push(...Reflect.ownKeys(at).filter((key) => typeof key === "string"));
  }
  return members;
};
const found = {};
for (const name of names) {
  const value = globalThis[name];
  const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
  found[name] = {
    own: isObject ? membersOf(value) : [],
    prototype: isObject && typeof value.prototype === "object" && value.prototype !== null ? membersOf(value.prototype) : [],
  };
}
return JSON.stringify(found);
`;

/** Members in which library and sandbox may differ: what every function or object has, legacy, and what only single instances have. */
const EITHER_WAY = new Set(
  words(`
    length name prototype constructor toString captureStackTrace isError stackTraceLimit lastIndex next return throw
    input $_ $& $+ $\` $' $1 $2 $3 $4 $5 $6 $7 $8 $9 lastMatch lastParen leftContext rightContext compile toGMTString getYear setYear`),
);

type Globals = Record<string, { own: string[]; prototype: string[] }>;

let globals: Globals;
let checker: ts.TypeChecker;
let program: ts.Program;

beforeAll(async () => {
  const proxy = await startProxy({ mcpServers: {}, limits: { resultChars: 1_000_000 } });
  const caller = await openCaller(proxy.url, "2026");
  globals = JSON.parse(await caller.run(PROGRAM)) as Globals;
  await caller.close();
  await proxy.stop();
  const texts: Record<string, string> = { "/library.d.ts": await checkerLibrary(), "/codemode.d.ts": await codemodeDeclarations() };
  const host: ts.CompilerHost = {
    getSourceFile: (name) => (texts[name] === undefined ? undefined : ts.createSourceFile(name, texts[name], ts.ScriptTarget.ESNext)),
    getDefaultLibFileName: () => "",
    writeFile: () => undefined,
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (name) => texts[name] !== undefined,
    readFile: (name) => texts[name],
  };
  program = ts.createProgram({
    rootNames: Object.keys(texts),
    options: { noLib: true, types: [], strict: true, target: ts.ScriptTarget.ESNext },
    host,
  });
  checker = program.getTypeChecker();
});

/** The global values that the library declares, with their types. */
function declared(): Map<string, ts.Type> {
  const [file] = program.getSourceFiles();
  if (file === undefined) throw new Error("no library");
  const symbols = checker.getSymbolsInScope(file, ts.SymbolFlags.Value).filter(({ name }) => name !== "undefined" && name !== "globalThis");
  return new Map(symbols.map((symbol) => [symbol.name, checker.getTypeOfSymbolAtLocation(symbol, file)]));
}

const namesOf = (type: ts.Type): string[] =>
  checker
    .getPropertiesOfType(type)
    .map(({ name }) => name)
    .filter((name) => !name.startsWith("__@"));

describe("the Checker's library", () => {
  it("compiles under strict", () => {
    const messages = ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
    expect(messages).toEqual([]);
  });

  it("declares every global of a real sandbox, but for those that are no use", () => {
    const known = new Set([...declared().keys(), "globalThis", "undefined", ...NOT_DECLARED]);
    expect(Object.keys(globals).filter((name) => !known.has(name))).toEqual([]);
    expect(NOT_DECLARED.filter((name) => !Object.hasOwn(globals, name))).toEqual([]);
  });

  it("declares no global that a sandbox does not have", () => {
    expect([...declared().keys()].filter((name) => !Object.hasOwn(globals, name))).toEqual([]);
  });

  it("declares the members that a real sandbox has, and no others", () => {
    const differences: string[] = [];
    const compare = (what: string, type: ts.Type, real: readonly string[]) => {
      // An error carries whatever was put on it.
      if (checker.getIndexInfosOfType(type).length > 0) return;
      const names = new Set(namesOf(type));
      for (const name of real) if (!names.has(name) && !EITHER_WAY.has(name)) differences.push(`${what}.${name} is not declared`);
      for (const name of names) if (!real.includes(name) && !EITHER_WAY.has(name)) differences.push(`${what}.${name} does not exist`);
    };
    for (const [name, type] of declared()) {
      const real = globals[name];
      if (real === undefined || name === "self" || (type.flags & ts.TypeFlags.Any) !== 0 || real.own.length === 0) continue;
      compare(name, type, real.own);
      const prototype = checker.getPropertyOfType(type, "prototype");
      const instance = prototype === undefined ? undefined : checker.getTypeOfSymbol(prototype);
      if (instance !== undefined && real.prototype.length > 0) compare(`${name}.prototype`, instance, real.prototype);
    }
    expect(differences).toEqual([]);
  });
});

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
