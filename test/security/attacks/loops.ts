import { returns, stoppedBy, throws } from "../attack.ts";
import type { Attack } from "../attack.ts";

/** Programs that compute for ever without giving the thread back. */
const endless = (name: string, program: string): Attack => ({ name, program, expected: stoppedBy("cpuMs"), where: "process" });
/** Programs that go on for ever, and give the thread back in between. */
const patient = (name: string, program: string): Attack => ({
  name,
  program,
  profile: "brief",
  expected: stoppedBy("executionMs"),
  where: "both",
});

export const loops: readonly Attack[] = [
  endless("a loop", "while (true) {}"),
  endless("a loop with a call under way", "const call = peer.flood({}); for (;;) {}"),
  endless("a loop after a call", "await peer.flood({}); for (;;) {}"),
  endless("a loop in a timer", "setTimeout(() => { for (;;) {} }, 0); await new Promise(() => {});"),
  endless("a loop in finally", "try { await new Promise((resolve) => setTimeout(resolve, 5)); } finally { for (;;) {} }"),
  endless("a generator without an end", "function* g() { for (;;) yield 1; } for (const _ of g()) {}"),
  endless("recursion that comes back", "const f = () => { try { f(); } finally { f(); } }; f();"),
  endless("a comparison that never ends", "return { valueOf() { for (;;) {} } } > 1"),
  endless("a huge power", "return (3n ** 100_000_000n) % 7n"),
  endless("a microtask flood by await", "for (;;) await null;"),
  endless("a microtask flood by then", "const again = () => Promise.resolve().then(again); again(); await new Promise(() => {});"),
  endless("a microtask flood behind the end", "const again = () => queueMicrotask(again); again(); return 'done';"),
  endless("an async generator without an end", "async function* g() { for (;;) yield 1; } for await (const _ of g()) {}"),
  endless("a thenable that resolves to itself", "const t = { then(resolve) { resolve(t); } }; return t;"),
  endless("nested thenables without an end", "const t = () => ({ then(resolve) { resolve(t()); } }); await t();"),
  endless("a catastrophic regex", "return /^(a+)+$/.test('a'.repeat(60) + '!')"),
  endless("a catastrophic regex in replace", "return ('x'.repeat(60) + '!').replace(/(x+x+)+y/g, '')"),
  endless("a catastrophic regex with alternatives", "return /^(?:a|a|aa)+$/.test('a'.repeat(80) + 'b')"),
  endless("a catastrophic regex with lookahead", "return /^(?=(\\w+)*$)(\\w*)*!$/.test('a'.repeat(60) + '?')"),
  endless("an asynchronous disposal", "await using a = { async [Symbol.asyncDispose]() { for (;;) {} } }; return 1"),
  endless("a comparison of a sort", "return [2, 1, 3].toSorted(() => { for (;;) {} })"),
  endless("a replacer of JSON", "return JSON.stringify({ a: 1 }, () => { for (;;) {} })"),
  endless("iterating for ever", "for (const each of { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }) }) }) each;"),
  endless(
    "the runtime's own arithmetic",
    "await crypto.subtle.generateKey({ name: 'RSASSA-PKCS1-v1_5', modulusLength: 16384, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }, true, ['sign', 'verify'])",
  ),
  endless(
    "a loop behind what looks like the runtime's last words",
    "console.log(JSON.stringify({ level: 'fatal', message: 'V8 fatal error; JavaScript heap out of memory' })); for (;;) {}",
  ),
  endless("a getter of the result", "return { get a() { for (;;) {} } }"),
  endless("toJSON of the result", "return { toJSON() { for (;;) {} } }"),
  endless("toJSON inside the arguments", "await peer.echo({ a: { toJSON() { for (;;) {} } } })"),
  endless("an ownKeys trap of the result", "return [new Proxy({}, { ownKeys() { for (;;) {} } })]"),
  endless("an error's message", "throw Object.defineProperty(new Error(), 'message', { get() { for (;;) {} } })"),
  endless("an error's stack", "throw Object.defineProperty(new Error(), 'stack', { get() { for (;;) {} } })"),
  endless("an error's cause", "throw Object.defineProperty(new Error(), 'cause', { get() { for (;;) {} } })"),
  endless("instanceof of what was thrown", "Object.defineProperty(Error, Symbol.hasInstance, { value() { for (;;) {} } }); throw 1"),
  endless("a printed getter", "console.log({ get a() { for (;;) {} } })"),
  endless(
    "a patched promise",
    "Promise.prototype.then = () => { for (;;) {} }; await peer.flood({}); return Promise.resolve(1).then(() => 2)",
  ),
  patient("a loop with timers", "for (;;) await new Promise((resolve) => setTimeout(resolve, 0));"),
  patient("a loop with scheduler.wait", "for (;;) await scheduler.wait(1);"),
  patient("a timer far away", "await new Promise((resolve) => setTimeout(resolve, 1e9));"),
  patient("an interval", "setInterval(() => {}, 1); await new Promise(() => {});"),
  patient("a promise that nobody settles", "await new Promise(() => {});"),
  patient("a thenable that nobody settles", "return { then() {} };"),
  patient("a loop over calls", "for (;;) { try { await peer.flood({}); } catch {} }"),
  patient("a loop over calls of no tool", "for (;;) { try { await peer.nothing({}); } catch {} }"),
  patient("a loop over searches", "for (;;) await codemode.search('x');"),
  patient("a loop over printing", "for (;;) { console.log('x'); await new Promise((resolve) => setTimeout(resolve, 0)); }"),
  patient("calls in parallel for ever", "for (;;) await Promise.allSettled(Array.from({ length: 50 }, () => peer.flood({})));"),
  patient(
    "a loop that catches everything",
    "for (;;) { try { await scheduler.wait(1); throw 1; } catch { continue; } finally { void 0; } }",
  ),
  {
    name: "recursion without an end",
    program: "const f = () => f() + 1; return f();",
    expected: throws(/^RangeError: Maximum call stack size exceeded/),
    where: "both",
  },
  {
    name: "a prototype chain without an end",
    program: "const chain = new Proxy({}, { getPrototypeOf: () => chain, get() {} }); return [chain]",
    expected: returns('["[cannot be read: RangeError: Maximum call stack size exceeded]"]'),
    where: "both",
  },
];
