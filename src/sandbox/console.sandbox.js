// The program's console. Each line goes to the host at once, so that it is there even if the program never ends.
import { clip } from "./shorten.sandbox.js";
import { show } from "./show.sandbox.js";

const silent = () => {};
/** Writes to the process's stdout before it returns. No program can reach it: `console` is ours by then. */
// oxlint-disable-next-line no-console
const print = console.log.bind(console);

/** `echo`, where there is one, marks the lines of this run among what its process prints. */
export function makeConsole(bridge, limits, echo) {
  let lines = 0;
  let chars = 0;
  let dropped = 0;
  let last = Promise.resolve();

  const write = (level, parts) => {
    // Past the limits nothing is made or sent: two million lines cost two million additions.
    if (lines >= limits.consoleLines || chars >= limits.consoleChars) {
      dropped += 1;
      return;
    }
    const text = clip(parts.map(show).join(" "), limits.consoleChars - chars);
    lines += 1;
    chars += text.length;
    // A message leaves the isolate when the program gives the thread back, which it may never do.
    if (echo !== undefined) print(`${echo} ${level} ${text}`);
    last = bridge.log(level, text);
    last.catch(silent);
  };
  const method =
    (level) =>
    (...parts) =>
      write(level, parts);
  const console = {
    log: method("log"),
    info: method("info"),
    debug: method("debug"),
    warn: method("warn"),
    error: method("error"),
    trace: method("debug"),
    dir: (value) => write("log", [value]),
    table: (value) => write("log", [value]),
    group: method("log"),
    groupCollapsed: method("log"),
    assert: (condition, ...parts) => condition || write("error", ["Assertion failed:", ...parts]),
  };
  for (const name of ["groupEnd", "count", "countReset", "time", "timeEnd", "timeLog", "clear"]) console[name] = silent;
  return { console, flushed: () => last.catch(silent), dropped: () => dropped };
}
