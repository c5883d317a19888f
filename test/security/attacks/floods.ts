import { returns, stoppedBy, throws } from "../attack.ts";
import type { Attack } from "../attack.ts";

const tight = (name: string, program: string, expected: Attack["expected"]): Attack => ({
  name,
  program,
  profile: "tight",
  expected,
  where: "both",
});
const CODES = "const codes = {}; for (const code of all) codes[code] = (codes[code] ?? 0) + 1; return codes;";

/** Too much of anything: the limits hold, and say so. */
export const floods: readonly Attack[] = [
  tight(
    "log lines",
    "for (let i = 0; i < 200_000; i++) console.log(i); return 'done'",
    returns(/^done\n\nConsole:\n(?:\d\n){10}… 199990 more lines left out$/),
  ),
  tight(
    "one line of 50 MB",
    "console.log('x'.repeat(50_000_000)); return 'done'",
    returns(/^done\n\nConsole:\nx+\n… \[\d+ of 50000000 characters left out\] …\nx+$/),
  ),
  tight(
    "log lines of every level",
    "for (const m of ['log', 'info', 'debug', 'warn', 'error', 'trace', 'dir', 'table', 'group', 'assert']) for (let i = 0; i < 1_000; i++) console[m](0); return 1",
    returns(/^1\n\nConsole:\n(?:0\n){10}… 9990 more lines left out$/),
  ),
  tight(
    "a result of 100 MB",
    "return 'x'.repeat(100_000_000)",
    returns(
      /^x{600,750}\n… \[\d+ of 100000000 characters left out\] …\nx{200,300}\n\nShortened: the whole result has 100000000 characters, .* was not kept: return less, or a part\.$/,
    ),
  ),
  tight(
    "an error of 100 MB",
    "throw new Error('x'.repeat(100_000_000))",
    throws(/^Error: x{600,750}\n… \[\d+ of 100000000 characters left out/),
  ),
  tight(
    "an error's name of 50 MB",
    "throw Object.assign(new Error('m'), { name: 'x'.repeat(50_000_000) })",
    throws(/^x{600,750}\n… \[\d+ of 50000000 characters left out/),
  ),
  tight(
    "a thousand causes",
    "let e = new Error('0'); for (let i = 1; i < 1_000; i++) e = new AggregateError([e, e, e, e, e, e], String(i)); throw e",
    throws(/^AggregateError: 999\n(?: {2}caused by AggregateError: \d+ \(program\.js:1:61\)\n){10} {4}at program\.js:1:/),
  ),
  tight(
    "calls one after the other",
    "for (;;) await peer.flood({})",
    throws(/^ToolError: peer\.flood: the program has made calls = 20 calls, and may make no more\. /),
  ),
  tight(
    "calls all at once",
    `const all = await Promise.all(Array.from({ length: 500 }, () => peer.flood({}).catch((e) => e.code))); ${CODES}`,
    returns('{"ok":20,"limit":480}'),
  ),
  tight("calls that nobody awaits", "for (let i = 0; i < 1_000; i++) peer.flood({}).catch(() => {}); return 'done'", returns("done")),
  tight(
    "arguments beyond the limit",
    "await peer.echo({ a: 'x'.repeat(1_000_000) })",
    throws(/^ToolError: the arguments are larger than argumentBytes = 10000 bytes/),
  ),
  tight(
    "arguments beyond what RPC takes",
    "await peer.echo({ a: 'x'.repeat(40_000_000) })",
    throws(/^ToolError: the arguments are larger than argumentBytes = 10000 bytes/),
  ),
  tight(
    "an image of 8 MB that JSON would make 48 MB of",
    "return { type: 'image', mimeType: 'image/png', data: '\\0'.repeat(8_000_000) }",
    returns(/^Content blocks refused: 1\. Data has to be base64/),
  ),
  tight(
    "a search beyond the limit",
    "await codemode.search('x '.repeat(1_000_000))",
    throws(/^ToolError: the arguments are larger than argumentBytes = 10000 bytes/),
  ),
  tight(
    "a tool's name beyond the limit",
    "await codemode.raw('peer.' + 'x'.repeat(1_000_000), {})",
    throws(/^ToolError: the arguments are larger than argumentBytes = 10000 bytes/),
  ),
  {
    ...tight(
      "a result of a call beyond the limit",
      "await peer.big({ n: 1_000_000 })",
      throws(/^ToolError: peer\.big: the result is larger than callResultBytes = 10000/),
    ),
    calls: [{ tool: "big", args: { n: 1_000_000 } }],
  },
  tight("a program beyond the limit", `return 1; //${"x".repeat(20_000)}`, stoppedBy("programBytes")),
  tight("a program beyond the limit in bytes, not in characters", `return 1; //${"🦊".repeat(5_000)}`, stoppedBy("programBytes")),
];
