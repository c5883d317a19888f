import { refused, returns, throws } from "../attack.ts";
import type { Attack } from "../attack.ts";

const row = (name: string, program: string, expected: Attack["expected"], calls: Attack["calls"] = []): Attack => ({
  name,
  program,
  expected,
  calls,
  where: "both",
});
const NO_IMPORTS = /^The program was not run:\nprogram\.js:\d+:\d+ Nothing can be imported here\./;
/** Refused before it runs. */
const importing = (program: string): Attack => row(program, program, refused(NO_IMPORTS));
const NO_NETWORK = /not permitted to access the internet|Fetch API cannot load|not allowed|Invalid URL|Disallowed|does not support/i;
const offline = (program: string): Attack => row(program, program, throws(NO_NETWORK));
const missing = (program: string): Attack =>
  row(
    program,
    program,
    throws(
      /^(?:ReferenceError: \w+ is not defined|TypeError: .* is not a (?:function|constructor)|TypeError: Cannot read properties of undefined)/,
    ),
  );
const absent = (what: string): Attack => row(`${what} is absent`, `return typeof ${what}`, returns("undefined"));
const noCode = (program: string): Attack =>
  row(program, program, throws(/^EvalError: Code generation from strings disallowed for this context/));

/** Modules, and what hides an import from the Checker. */
export const imports: readonly Attack[] = [
  importing("await import('node:fs')"),
  importing("await import('node:child_process')"),
  importing("await import('cloudflare:workers')"),
  importing("await import('cloudflare:sockets')"),
  importing("await import('workerd:unsafe')"),
  importing("await import('./harness.sandbox.js')"),
  importing("await import('./api.sandbox.js')"),
  importing("await import('./program.js')"),
  importing("await import('data:text/javascript,export default 1')"),
  importing("await import('https://example.com/x.js')"),
  importing("await import /* hidden */ ('node:fs')"),
  importing("await import\n\n('node:fs')"),
  importing("await import('node:' + 'fs', { with: {} })"),
  importing("return `${await import('node:fs')}`"),
  importing("class A { static x = import('node:fs'); static { import('node:fs'); } }"),
  importing("function f(a = import('node:fs')) {} f()"),
  importing("const { [await import('node:fs')]: x } = {}"),
  importing("(0, (x) => import(x))('node:fs')"),
  importing("// \u2028 import('node:fs')"),
  importing("/* a */ import('node:fs') /* b */"),
  importing("return /[/]/.test('') || import('node:fs') || /[/]/"),
  importing("label: import('node:fs')"),
  importing("export default import('node:fs')"),
  importing("import 'node:fs'"),
  importing("import fs, { type Stats } from 'node:fs'"),
  importing("export * from 'node:fs'"),
  importing("export { default } from './harness.sandbox.js'"),
  importing("export * as inside from './api.sandbox.js'"),
  row("import.meta, written to", "import.meta.env = 1; import.meta.url = 2; return Object.keys(import.meta)", returns('["env","url"]')),
  importing("require('node:fs')"),
  importing("x: for (const y of [await import('node:fs')]) break x"),
  row("an escaped import", "await imp\\u006frt('node:fs')", refused(/^The program was not run:/)),
  importing("await import.defer('./harness.sandbox.js')"),
  importing("await import.source('./harness.sandbox.js')"),
  row("an import behind a comment of HTML", "<!-- x\nimport('node:fs')", refused(/^The program was not run:/)),
  row("an import in a type", "let x: typeof import('node:fs') = 1 as any; return x", returns("1")),
  row(
    "import.meta",
    "return [Object.keys(import.meta), typeof import.meta.env, typeof import.meta.resolve]",
    returns(/^\[\[.*\],"undefined","(undefined|function)"\]$/),
  ),
  row("require by another name", "const r = globalThis['req' + 'uire']; return typeof r", returns("undefined")),
  absent("process"),
  absent("Buffer"),
  absent("module"),
  absent("global"),
  absent("Deno"),
  absent("Bun"),
];

export const network: readonly Attack[] = [
  offline("await fetch('https://example.com')"),
  offline("await fetch('http://127.0.0.1:1/')"),
  offline("await fetch('http://[::1]:1/')"),
  offline("await fetch('http://localhost/')"),
  offline("await fetch('http://runtime/sandbox')"),
  offline("await fetch('http://169.254.169.254/latest/meta-data/')"),
  offline("await fetch(new Request('https://example.com', { method: 'POST', body: 'x' }))"),
  row("a fetch that stays inside", "return await (await fetch('data:text/plain,x')).text()", returns("x")),
  offline("await fetch('file:///etc/passwd')"),
  offline("await fetch('blob:x')"),
  offline("await globalThis['fe' + 'tch']('https://example.com')"),
  offline("await Reflect.apply(fetch, undefined, ['https://example.com'])"),
  offline("await fetch.call(null, 'https://example.com', { cf: { resolveOverride: '127.0.0.1' } })"),
  offline("await self.fetch('https://example.com')"),
  offline("await fetch('https://example.com', { headers: { upgrade: 'websocket' } })"),
  row("new WebSocket", "new WebSocket('wss://example.com')", throws(NO_NETWORK)),
  row(
    "new EventSource",
    "const s = new EventSource('https://example.com'); return await new Promise((r) => { s.onopen = () => r('open'); s.onerror = () => { s.close(); r('closed'); }; })",
    returns("closed"),
  ),
  row("caches.default", "return await caches.default.match('https://example.com')", throws(/./)),
  row("caches.open", "return await (await caches.open('x')).match('https://example.com')", throws(/./)),
  row(
    // It only says that it will try.
    "a beacon",
    "return navigator.sendBeacon('https://example.com', 'x')",
    returns("true"),
  ),
  row(
    "a socket pair that stays inside",
    "const [a, b] = Object.values(new WebSocketPair()); a.accept(); b.accept(); const got = new Promise((r) => { b.onmessage = (e) => r(e.data); }); a.send('x'); return await got",
    returns("x"),
  ),
  missing("new XMLHttpRequest()"),
  missing("connect('example.com:80')"),
  missing("importScripts('https://example.com')"),
  missing("new RTCPeerConnection()"),
  missing("new WebTransport('https://example.com')"),
  missing("process.getBuiltinModule('node:net')"),
];

export const code: readonly Attack[] = [
  noCode("return eval('1')"),
  noCode("return (0, eval)('1')"),
  noCode("return globalThis['ev' + 'al']('1')"),
  noCode("return Reflect.apply(eval, null, ['1'])"),
  noCode("return new Function('return 1')()"),
  noCode("return Function('return 1')()"),
  noCode("return (() => {}).constructor('return 1')()"),
  noCode("return (async () => {}).constructor('return 1')()"),
  noCode("return (function* () {}).constructor('yield 1')()"),
  noCode("return (async function* () {}).constructor('yield 1')()"),
  noCode("return peer.echo.constructor('return 1')()"),
  noCode("return fetch.constructor('return 1')()"),
  noCode("return Reflect.construct(Function, ['return 1'])()"),
  noCode("return Object.getPrototypeOf(async () => {}).constructor('return import(\"node:fs\")')()"),
  noCode("return class extends Function {}.constructor('return 1')()"),
  noCode("return new (class extends Function {})('return 1')()"),
  row(
    "setTimeout of a text",
    "setTimeout('globalThis.evil = 1', 0); await new Promise((r) => setTimeout(r, 5)); return typeof evil",
    throws(/^TypeError: /),
  ),
  row(
    "setInterval of a text",
    "setInterval('globalThis.evil = 1', 0); await new Promise((r) => setTimeout(r, 5)); return typeof evil",
    throws(/^TypeError: /),
  ),
  noCode("return eval({ a: 1 })"),
  row(
    "WebAssembly.compile",
    "await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))",
    throws(/^CompileError: .*Wasm code generation disallowed by embedder/),
  ),
  row(
    "WebAssembly.instantiate",
    "await WebAssembly.instantiate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))",
    throws(/^CompileError: .*Wasm code generation disallowed by embedder/),
  ),
  row(
    "WebAssembly.Module",
    "new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))",
    throws(/^CompileError: .*Wasm code generation disallowed by embedder/),
  ),
  row(
    "WebAssembly.compileStreaming",
    "await WebAssembly.compileStreaming(new Response(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]), { headers: { 'content-type': 'application/wasm' } }))",
    throws(/^(?:CompileError|TypeError): /),
  ),
  absent("ShadowRealm"),
  absent("document"),
];

export const threads: readonly Attack[] = [
  missing("new Worker('x.js')"),
  missing("new SharedWorker('x.js')"),
  row(
    "Atomics.wait",
    "return Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000)",
    throws(/^TypeError: Atomics\.wait cannot be called in this context/),
  ),
  {
    ...row("Atomics.waitAsync", "await Atomics.waitAsync(new Int32Array(new SharedArrayBuffer(4)), 0, 0).value", {
      kind: "limit",
      limit: "executionMs",
    }),
    profile: "brief",
  },
  row("a SharedArrayBuffer as the result", "return [new SharedArrayBuffer(8)]", returns(/^\[/)),
  row("a SharedArrayBuffer in the arguments", "await peer.big({ n: 1, a: new SharedArrayBuffer(8) }); return 1", returns("1"), [
    { tool: "big", args: { n: 1, a: {} } },
  ]),
  row("a MessagePort as the result", "return [new MessageChannel().port1]", returns(/^\["\[MessagePort\]"\]$/)),
  row("a WritableStream as the result", "return [new WritableStream()]", returns('["[WritableStream]"]')),
];
