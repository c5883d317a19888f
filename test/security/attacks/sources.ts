import { refused, returns, throws } from "../attack.ts";
import type { Attack } from "../attack.ts";

const row = (name: string, program: string, expected: Attack["expected"]): Attack => ({ name, program, expected, where: "both" });
const breaksOut = (program: string): Attack => row(program, program, refused(/^The program was not run:\nprogram\.js:\d+:\d+ /));

/** Programs that attack what reads them. */
export const sources: readonly Attack[] = [
  breaksOut("}; globalThis.evil = 1; async () => {"),
  breaksOut("return 1\n}\nexport const x = () => {"),
  breaksOut("async () => { return 1 } })(); (() => {"),
  breaksOut("1)(); evil("),
  breaksOut("/* "),
  breaksOut("`${"),
  breaksOut("export default 1; export default 2; }"),
  breaksOut("return 1; <!--"),
  breaksOut("enum A { x = (() => { for (;;) {} })() }"),
  row("parentheses", `return ${"(".repeat(20_000)}1${")".repeat(20_000)}`, refused(/nested too deeply/)),
  row("brackets", `return ${"[".repeat(50_000)}`, refused(/^The program was not run:/)),
  row("types", `let x: ${"(".repeat(50_000)}`, refused(/^The program was not run:/)),
  row(
    "arrow functions that may be comparisons",
    `${"(a = (b, c) => ".repeat(40)}1${")".repeat(40)}; return 1`,
    throws(/^ReferenceError: a is not defined/),
  ),
  row("generics that may be comparisons", `return ${"a<".repeat(2_000)}1`, refused(/^The program was not run:/)),
  row("templates", `return ${"`${".repeat(5_000)}1${"}`".repeat(5_000)}`, refused(/nested too deeply/)),
  row("null bytes", "return '\u0000'.length + 1\u0000", refused(/^The program was not run:/)),
  row("a byte order mark", "\uFEFFreturn 1", returns("1")),
  row("line separators", "return 1 //\u2028 + 1", returns("2")),
  row("a lone surrogate", "return '\\ud800'.length", returns("1")),
  row("text that runs backwards", "/*\u202e } \u2066*/ return 1", returns("1")),
  row("nothing", "", returns("undefined")),
  row("a comment", "// nothing", returns("undefined")),
  row("a name that the wrapper uses", "const $default = 1; export default async () => $default", returns("1")),
  row("a program that runs itself", "export default function main() { return 1 } main()", returns("1")),
  row("a default export that is a thenable", "export default { then(resolve) { resolve('value'); } }", returns("value")),
  row("a default export that throws when read", "export default { get then() { throw new Error('mine'); } }", throws(/^Error: mine/)),
  row("await in the place of a name", "const await = 1", throws(/^SyntaxError: Unexpected reserved word/)),
  row("new.target", "return new.target", throws(/^SyntaxError: /)),
  row("super", "return super.x", throws(/^SyntaxError: /)),
  row("with", "with ({}) {}", throws(/^SyntaxError: /)),
  row("a private name of nobody", "return ({}).#x", throws(/^SyntaxError: /)),
  row("a break to nowhere", "break evil", throws(/^SyntaxError: /)),
  row("names that V8 refuses", "let a; let a;", throws(/^SyntaxError: Identifier 'a' has already been declared/)),
];
