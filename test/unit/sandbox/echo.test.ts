import { expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../../src/core/limits.ts";
import { Echo } from "../../../src/sandbox/echo.ts";

async function passedOn(echo: Echo): Promise<string[]> {
  const lines: string[] = [];
  await echo.passOn({
    begin: async () => undefined,
    request: async () => "",
    emit: async () => undefined,
    log: async (level, text) => void lines.push(`${level} ${text}`),
  });
  return lines;
}
const print = (echo: Echo, level: string, text: string, id = echo.id) => echo.print(`${id} ${level} ${text}`);

it("passes on what was printed and has not arrived, in order", async () => {
  const echo = new Echo(DEFAULT_LIMITS);
  for (const text of ["a", "b b\n b", " c ", ""]) print(echo, "warn", text);
  echo.arrived();
  expect(await passedOn(echo)).toEqual(["warn b b\n b", "warn  c ", "warn "]);
});

it("passes on nothing if more has arrived than was printed", async () => {
  const echo = new Echo(DEFAULT_LIMITS);
  print(echo, "log", "a");
  echo.arrived();
  echo.arrived();
  expect(await passedOn(echo)).toEqual([]);
});

it("ignores the lines of other runs, and what is no line", async () => {
  const echo = new Echo(DEFAULT_LIMITS);
  print(echo, "log", "of another", new Echo(DEFAULT_LIMITS).id);
  for (const printed of ["", " ", "log", echo.id, `${echo.id} log`, ` ${echo.id} log x`, `x${echo.id} log x`]) echo.print(printed);
  expect(await passedOn(echo)).toEqual([]);
});

it("keeps no more than the limits of the console", async () => {
  const echo = new Echo({ ...DEFAULT_LIMITS, consoleLines: 3, consoleChars: 10 });
  for (const text of ["12345", "12345", "1"]) print(echo, "log", text);
  expect(await passedOn(echo)).toEqual(["log 12345", "log 12345"]);
  const lines = new Echo({ ...DEFAULT_LIMITS, consoleLines: 3 });
  for (let line = 0; line < 5; line += 1) print(lines, "log", "x");
  expect(await passedOn(lines)).toHaveLength(3);
});
