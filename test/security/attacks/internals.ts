import { returns, throws } from "../attack.ts";
import type { Attack } from "../attack.ts";

const row = (name: string, program: string, expected: Attack["expected"], calls: Attack["calls"] = []): Attack => ({
  name,
  program,
  expected,
  calls,
  where: "both",
});
/** What is patched breaks at most the program itself: the call arrives unchanged, once. */
const patched = (name: string, patch: string, expected = returns('{"a":1}')): Attack =>
  row(`patched ${name}`, `${patch}; return await peer.echo({ a: 1 });`, expected, [{ tool: "echo", args: { a: 1 } }]);
/** The program has broken what shows its own result. */
const UNREADABLE = returns(/^"?\[(?:a value that cannot be shown|cannot be read): /);
/** The program has broken what ends its own run. */
const UNFINISHED = throws(/^Error: The run cannot be finished: the program has replaced built-in functions/);
const EVIL = "() => { throw new Error('patched'); }";
/** A method of the bridge's stub, put where a stub would find it before its own. */
const onEveryObject = (method: string): Attack =>
  row(
    `${method} of the bridge, found on every object`,
    `let stolen; Object.prototype.${method} = function (...values) { stolen = this; return Promise.resolve('{"value":"forged"}'); };
    const answer = await peer.echo({ a: 1 }); console.log('a line'); codemode.emit('a text');
    return [answer, stolen === undefined];`,
    returns(/^\[\{"a":1\},true\]\n\n(?:a text\n\n)?Console:\na line/),
    [{ tool: "echo", args: { a: 1 } }],
  );

/** What runs beside the program in its isolate. */
export const internals: readonly Attack[] = [
  row(
    "the frames of an error, as functions and receivers",
    `
    Error.prepareStackTrace = (_, frames) => frames;
    const frames = new Error().stack;
    return [frames.length > 0, frames.every((f) => f.getThis() === undefined && f.getFunction() === undefined)];`,
    returns("[true,true]"),
  ),
  row(
    "the frames of the API's errors",
    `
    Error.prepareStackTrace = (_, frames) => frames.map((f) => [typeof f.getThis(), typeof f.getFunction()]).flat();
    try { await peer.echo(1); } catch (e) { return [...new Set(e.stack)]; }`,
    returns('["undefined"]'),
  ),
  row(
    "a stack trace that throws",
    "Error.prepareStackTrace = () => { throw new Error('again'); }; throw new Error('mine')",
    throws(/^Error: mine/),
  ),
  row("a stack trace that is no text", "Error.prepareStackTrace = () => ({ a: 1 }); throw new Error('mine')", throws("Error: mine")),
  row(
    "a stack trace without an end",
    "Error.stackTraceLimit = Infinity; const f = () => f(); f()",
    throws(
      /^RangeError: Maximum call stack size exceeded\n(?: {4}at program\.js:1:45\n)? {4}at program\.js:1:51 \((?:9|10) times\)\n1 \| /,
    ),
  ),
  row(
    "the caller",
    "function f() { return f.caller; } return f()",
    throws(/^TypeError: 'caller', 'callee', and 'arguments' properties may not be accessed/),
  ),
  row(
    "the callee",
    "function f() { return arguments.callee; } return f()",
    throws(/^TypeError: 'caller', 'callee', and 'arguments' properties may not be accessed/),
  ),
  row(
    "the caller of a getter that the harness reads",
    "return { get a() { return Object.getOwnPropertyDescriptor(this, 'a').get.caller; } }",
    returns(/^\{"a":"\[cannot be read: TypeError: 'caller', 'callee', and 'arguments' properties may not be accessed [^"]*\]"\}$/),
  ),
  row("the arguments of the wrapper", "return arguments", throws(/^ReferenceError: arguments is not defined/)),
  row(
    "this of the wrapper",
    "return [typeof this, typeof globalThis.Harness, typeof globalThis.bridge]",
    returns('["undefined","undefined","undefined"]'),
  ),
  row(
    "the promises of a call, stolen, offer the answer alone",
    `
    const stolen = [], { then } = Promise.prototype;
    const steal = (value) => { if (!stolen.includes(value)) stolen.push(value); };
    Promise.prototype.then = function (...handlers) { steal(this); return then.apply(this, handlers); };
    Object.defineProperty(Promise.prototype, 'constructor', { get() { steal(this); return Promise; } });
    for (const kind of [Map, Set]) for (const name of ['set', 'add']) {
      const method = kind.prototype[name];
      if (method) kind.prototype[name] = function (...values) { values.forEach(steal); return method.apply(this, values); };
    }
    await peer.echo({ a: 1 });
    return [stolen.length > 0, stolen.filter((it) => it.log || it.request || it.stopped).length];`,
    returns("[true,0]"),
    [{ tool: "echo", args: { a: 1 } }],
  ),
  ...["request", "log", "emit", "stopped"].map(onEveryObject),
  row(
    "accessors on every object, for all that the harness names",
    `const names = ['wake', 'bytes', 'next', 'bridge', 'resolve', 'reject', 'head', 'body', 'catch', 'finally', 'dup', 'apply', 'call', 'bind', 'echo', 'limits'];
    const seen = [];
    for (const name of names) Object.defineProperty(Object.prototype, name, { get() { seen.push(name); }, set(value) { seen.push(name, value); }, configurable: true });
    await peer.echo({ a: 1 }); console.log('a line'); codemode.emit('a text');
    for (const name of names) delete Object.prototype[name];
    return seen;`,
    returns(/^\[\]\n\n(?:a text\n\n)?Console:\na line/),
    [{ tool: "echo", args: { a: 1 } }],
  ),
  row(
    "the species of promises",
    `Object.defineProperty(Promise, Symbol.species, { get: ${EVIL} }); return await peer.echo({ a: 1 })`,
    UNFINISHED,
    [{ tool: "echo", args: { a: 1 } }],
  ),
  row(
    "the runtime's own console",
    "return [Object.getOwnPropertyDescriptor(Object.getPrototypeOf(globalThis), 'console'), Object.keys(globalThis).includes('console'), typeof console.context, console.log.name]",
    returns(/^\[null,(?:true|false),"undefined","[^"]*"\]$/),
  ),
  row(
    "toJSON of arrays and texts, and a line of the console",
    "Array.prototype.toJSON = String.prototype.toJSON = () => 'forged'; console.log('a line'); return 1",
    returns("1\n\nConsole:\na line"),
  ),
  row(
    "an event of a rejection, made up",
    "new PromiseRejectionEvent('unhandledrejection', { promise: Promise.resolve(), reason: 1 })",
    throws(/^TypeError: Illegal constructor/),
  ),
  row(
    "an event of an error, made up",
    "dispatchEvent(new ErrorEvent('error', { error: new Error('late') })); return 'done'",
    returns("done\n\nConsole:\n[error] Uncaught error: Error: late"),
  ),
  row(
    "globals replaced",
    "for (const name of ['peer', 'codemode', 'console', 'ToolError']) globalThis[name] = { echo: () => 'mine' }; return peer.echo()",
    returns("mine"),
  ),
  patched("Promise", `globalThis.Promise = class { constructor() { throw new Error('patched'); } }`),
  patched(
    "Promise.race and its friends",
    `for (const name of ['race', 'all', 'allSettled', 'any', 'resolve', 'reject', 'withResolvers']) Promise[name] = ${EVIL}`,
  ),
  patched("Promise.prototype.finally and catch", `Promise.prototype.finally = Promise.prototype.catch = ${EVIL}`, UNFINISHED),
  patched("JSON", `JSON.parse = JSON.stringify = ${EVIL}; globalThis.JSON = null`),
  patched("Array.prototype", `for (const name of ['map', 'join', 'push', 'slice', 'forEach', 'includes']) Array.prototype[name] = ${EVIL}`),
  patched("Array", `Array.isArray = Array.from = ${EVIL}; globalThis.Array = null`),
  patched("Array.prototype[Symbol.iterator]", `Array.prototype[Symbol.iterator] = function* () { yield 'patched'; }`, returns("{}")),
  patched(
    "Object",
    `for (const name of ['keys', 'entries', 'create', 'freeze', 'getPrototypeOf', 'assign', 'fromEntries']) Object[name] = ${EVIL}`,
  ),
  patched("Object.defineProperty", `Object.defineProperty = ${EVIL}; globalThis.Object = null`),
  patched(
    "Reflect",
    `for (const name of Reflect.ownKeys(Reflect)) if (typeof name === 'string') Reflect[name] = ${EVIL}; globalThis.Reflect = null`,
  ),
  patched("Map", `for (const name of ['get', 'set', 'has', 'delete']) Map.prototype[name] = ${EVIL}`, UNREADABLE),
  patched("Set", `for (const name of ['has', 'delete']) Set.prototype[name] = ${EVIL}; globalThis.WeakSet = null`),
  patched("String.prototype", `for (const name of ['slice', 'split', 'join', 'repeat', 'toString']) String.prototype[name] = ${EVIL}`),
  patched("Number", `Number.isFinite = ${EVIL}; globalThis.Number = null; globalThis.String = null`),
  patched("Function.prototype", `Function.prototype.call = Function.prototype.apply = Function.prototype.bind = ${EVIL}`),
  patched("Error", `globalThis.Error = globalThis.TypeError = class { constructor() { throw 'patched'; } }`),
  patched("Date", `globalThis.Date = globalThis.RegExp = globalThis.URLSearchParams = null`),
  patched("ArrayBuffer", `ArrayBuffer.isView = ${EVIL}; globalThis.ArrayBuffer = null`),
  patched("Proxy", "globalThis.Proxy = null; globalThis.Symbol = null"),
  patched("setTimeout", `globalThis.setTimeout = globalThis.clearTimeout = globalThis.setInterval = ${EVIL}`),
  patched("queueMicrotask", `globalThis.queueMicrotask = globalThis.structuredClone = ${EVIL}`),
  row(
    "patched Symbol.hasInstance, which the showing of errors needs",
    `for (const f of [Promise, Map, Set, Error, Date]) Object.defineProperty(f, Symbol.hasInstance, { value: ${EVIL} }); return {}`,
    returns('"[cannot be read: an object]"'),
  ),
  row(
    "patched Symbol.hasInstance, and an error",
    `Object.defineProperty(Error, Symbol.hasInstance, { value: ${EVIL} }); throw new RangeError('mine')`,
    throws(/^The program threw an object: /),
  ),
  row("patched String.prototype, and an error", `String.prototype.slice = ${EVIL}; throw new RangeError('mine')`, UNFINISHED),
  row(
    "patched Array.prototype, and an error",
    `for (const name of ['map', 'push', 'slice']) Array.prototype[name] = ${EVIL}; throw new RangeError('mine', { cause: new Error('c') })`,
    UNFINISHED,
  ),
  row(
    "patched Array.prototype, and a console line",
    `Array.prototype.map = Array.prototype.join = ${EVIL}; try { console.log('a'); } catch {} return 1`,
    returns(/^1(\n\nConsole:\na)?$/),
  ),
  row(
    "patched Object.prototype.constructor, and a result",
    "Object.defineProperty(Object.prototype, 'constructor', { get() { throw 1; } }); return [new (class A {})()]",
    returns(/^\[/),
  ),
];

/** What goes wrong where nobody awaits it is told, whatever the program returned: a rejection instead of the value, the rest beside it. */
const UNCAUGHT = "done\n\nConsole:\n[error] Uncaught error: Error: late";
const LATE =
  /^Error: late\n {4}at program\.js:1:\d+\n1 \| .*\n +\^\nNobody awaited this\. .*\n\nAll the same, the program returned:\n\ndone$/;

/** What a program leaves running when it ends. */
export const afterwards: readonly Attack[] = [
  row("a timer that calls", "setTimeout(() => peer.echo({ late: true }), 30); return 'done'", returns("done")),
  row("an interval that calls", "setInterval(() => peer.echo({ late: true }), 30); return 'done'", returns("done")),
  row(
    "a timer that calls, behind an error",
    "setTimeout(() => peer.echo({ late: true }), 30); throw new Error('mine')",
    throws(/^Error: mine/),
  ),
  row("a timer that prints", "setTimeout(() => console.log('late'), 30); return 'done'", returns("done")),
  row("a timer that throws", "setTimeout(() => { throw new Error('late'); }, 0); return 'done'", returns(UNCAUGHT)),
  row(
    "a timer that throws meanwhile",
    "setTimeout(() => { throw new Error('late'); }, 0); await new Promise((r) => setTimeout(r, 20)); return 'done'",
    returns(UNCAUGHT),
  ),
  row("a microtask that throws", "queueMicrotask(() => { throw new Error('late'); }); return 'done'", returns(UNCAUGHT)),
  row("a rejection that nobody handles", "Promise.reject(new Error('late')); return 'done'", throws(LATE)),
  row(
    "a rejection that nobody handles, meanwhile",
    "Promise.reject(new Error('late')); await new Promise((r) => setTimeout(r, 20)); return 'done'",
    throws(LATE),
  ),
  row(
    "a call's failure that nobody handles",
    "peer.fails_with_code({}); return 'done'",
    throws(
      /^ToolError: peer\.fails_with_code: \*\/ \$\{evil\} \$& \u2028 `x`\n {4}at program\.js:1:1\nConsole:\nforged\n {4}at program\.js:1:6\n[^]*\nAll the same, the program returned:\n\ndone\n\nCalls that had been made \(1\):/,
    ),
    [{ tool: "fails_with_code", args: {} }],
  ),
  row(
    "a handler of rejections that throws",
    "addEventListener('unhandledrejection', (e) => { e.preventDefault(); throw new Error('late'); }); Promise.reject(1); return 'done'",
    throws(/^The program threw a number: 1\nNobody awaited this\. .*\n\nAll the same, the program returned:\n\ndone$/),
  ),
  row("an error that is reported", "reportError(new Error('late')); return 'done'", returns(UNCAUGHT)),
  row(
    "a fetch handler of its own",
    "addEventListener('fetch', (e) => e.respondWith(new Response('mine'))); return 'done'",
    returns("done"),
  ),
  row("a finalizer", "new FinalizationRegistry(() => peer.echo({ late: true })).register({}, 1); return 'done'", returns("done")),
  row(
    "an abort that calls",
    "AbortSignal.timeout(30).addEventListener('abort', () => peer.echo({ late: true })); return 'done'",
    returns("done"),
  ),
  row("a stream that is still open", "new ReadableStream({ start() {} }).getReader().read(); return 'done'", returns("done")),
  { ...row("a loop in a timer behind the end", "setTimeout(() => { for (;;) {} }, 20); return 'done'", returns("done")), where: "process" },
  {
    ...row(
      "a bomb in a timer behind the end",
      "setTimeout(() => { const all = []; for (;;) all.push([1]); }, 20); return 'done'",
      returns("done"),
    ),
    where: "process",
  },
];
