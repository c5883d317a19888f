import { describe, expect, it } from "vitest";
import { childCommand } from "../../../src/local/child-command.ts";

describe("childCommand", () => {
  it("leaves everything as it stands on POSIX", () => {
    const args = ["-y", "a b", "$(x)", ";"];
    expect(childCommand("npx", args, "linux")).toEqual({ file: "npx", args, verbatim: false });
  });

  it("starts executables directly on Windows", () => {
    expect(childCommand("C:\\node\\node.EXE", ["a b"], "win32")).toEqual({ file: "C:\\node\\node.EXE", args: ["a b"], verbatim: false });
  });

  it.each([
    ["plain words", ["-y", "pkg"], '^"-y^" ^"pkg^"'],
    ["spaces", ["C:\\My Files\\"], '^"C:\\My^ Files\\\\^"'],
    ["quotation marks", ['{"a":1}'], '^"{\\^"a\\^":1}^"'],
    ["backslashes before a quotation mark", ['a\\\\"b'], '^"a\\\\\\\\\\^"b^"'],
    ["what cmd.exe would run or expand", ["a&calc", "%PATH%", "!x!", "a|b>c"], '^"a^&calc^" ^"^%PATH^%^" ^"^!x^!^" ^"a^|b^>c^"'],
    ["nothing", [""], '^"^"'],
  ])("quotes %s for cmd.exe", (_what, args, line) => {
    expect(childCommand("npx", args, "win32")).toEqual({ file: "cmd.exe", args: ["/d", "/s", "/c", `"npx ${line}"`], verbatim: true });
  });
});
