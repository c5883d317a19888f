import { returns, stoppedBy, throws } from "../attack.ts";
import type { Attack } from "../attack.ts";

/** Programs that take memory until somebody ends them. */
const bomb = (name: string, program: string): Attack => ({
  name,
  program,
  profile: "memory",
  expected: stoppedBy("memoryBytes"),
  where: "process",
});
/** Programs that ask for more at once than there can be. */
const denied = (name: string, program: string, text: RegExp): Attack => ({ name, program, expected: throws(text), where: "both" });

export const memory: readonly Attack[] = [
  bomb("an array", "const all = []; for (let i = 0; ; i++) all.push(new Array(10_000).fill(i));"),
  bomb("strings", "const all = []; for (let i = 0; ; i++) all.push([`${i}`.padStart(100_000, '-')].join());"),
  bomb("a map", "const all = new Map(); for (let i = 0; ; i++) all.set({ i }, [i]);"),
  bomb("buffers", "const all = []; for (;;) all.push(new Uint8Array(4_000_000).fill(1));"),
  bomb("closures", "let f = () => 0; for (;;) { const g = f; f = () => g(); }"),
  bomb("promises", "const all = []; for (;;) all.push(new Promise(() => {}));"),
  bomb("microtasks", "for (;;) queueMicrotask(() => {});"),
  bomb("recursion", "const f = async (all) => { await null; return f([...all, ...all]); }; await f([1, 2, 3, 4]);"),
  bomb("a spread without an end", "function* g() { for (;;) yield {}; } return [...g()];"),
  bomb(
    "memories of WebAssembly",
    "const all = []; for (;;) { const { buffer } = new WebAssembly.Memory({ initial: 100 }); all.push(new Uint8Array(buffer).fill(1)); }",
  ),
  bomb("blobs", "const all = []; for (;;) { all.push(new Blob([new Uint8Array(4_000_000).fill(1)])); }"),
  bomb("structured clones", "let a = 'x'.repeat(100_000); const all = []; for (;;) all.push(structuredClone([a, { a }]));"),
  bomb("rejections that nobody handles", "for (;;) { Promise.reject(new Error('x')); await null; }"),
  bomb("bomb after bomb", "const all = []; for (;;) { await null; all.push(new Array(100_000).fill(0.5)); }"),
  bomb("a result that shares everything", "let a = new Array(1_000).fill(0.5); for (let i = 0; i < 60; i++) a = [a, a]; return a;"),
  bomb("a result of holes", "return new Array(1_000_000_000);"),
  bomb("a result of bytes", "return new Uint8Array(100_000_000).fill(7);"),
  bomb("a line of the console", "console.log(Array.from({ length: 1e9 }, (_, i) => ({ i })));"),
  bomb(
    "arguments that share everything",
    "let a = { x: 'x'.repeat(10_000) }; for (let i = 0; i < 60; i++) a = { a, b: a }; await peer.echo(a);",
  ),
  denied("a string beyond V8's longest", "let s = 'x'; for (;;) s += s;", /^RangeError: Invalid string length/),
  denied("timers", "for (;;) setTimeout(() => {}, 1e6);", /^QuotaExceededError: You have exceeded the number of active timeouts/),
  denied("a repeat beyond V8's longest", "return 'x'.repeat(2 ** 30)", /^RangeError: Invalid string length/),
  denied("an array beyond the longest", "return new Array(-1)", /^RangeError: Invalid array length/),
  denied("a buffer of an exabyte", "return new ArrayBuffer(2 ** 52)", /^RangeError: Array buffer allocation failed/),
  denied("a BigInt of a gigabyte", "return 1n << (1n << 33n)", /^RangeError: Maximum BigInt size exceeded/),
  {
    name: "a deep result",
    program: "let a = 1; for (let i = 0; i < 100_000; i++) a = { a }; return a;",
    expected: returns(/^(?:\{"a":){101}"\[more than 100 levels deep\]"\}{101}$/),
    where: "both",
  },
  {
    name: "deep arguments",
    program:
      "let a = {}; for (let i = 0; i < 100_000; i++) a = { a }; try { await peer.echo(a); } catch (e) { return e.code + ': ' + e.message; }",
    expected: returns("tool_arguments: peer.echo: the arguments cannot be sent as JSON: Maximum call stack size exceeded"),
    where: "both",
  },
];
