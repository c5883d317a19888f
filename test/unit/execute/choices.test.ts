import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { choices } from "../../../src/execute/choices.ts";

describe("what was probably meant", () => {
  const files = ["a", "b", "c", "report", "minutes"].map((name) => `codemode://docs/file:///${"folder/".repeat(30)}${name}.md`);

  it("is told by the end of long names, which begin alike", () => {
    expect(choices(files[3]?.replace("report", "reprot") ?? "", files, "")).toMatch(/^Did you mean "codemode:[^"]*…"/);
    const short = ["x://1/report.md", "x://1/minutes.md"];
    expect(choices("x://1/reprot.md", short, "All.")).toMatch(/^Did you mean "x:\/\/1\/report\.md"/);
  });

  it("is some of what there is where nothing is near, with their number", () => {
    expect(choices("qqq", ["aaa", "bbb"], "All.")).toBe('There are: "aaa", "bbb". All.');
    expect(choices("qqq", ["aaa", "bbb", "ccc", "ddd"], "All.")).toBe('There are: "aaa", "bbb", "ccc", … (4 in all). All.');
    expect(choices("qqq", [], "All.")).toBe("There are none.");
  });

  it("is short and can be seen, whatever upstreams call their things", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.array(fc.string({ unit: "binary", maxLength: 3_000 }), { maxLength: 20 }),
        (wanted, there) => {
          const text = choices(wanted, there, "All.");
          expect(text.length).toBeLessThan(6_000);
          expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        },
      ),
    );
  });

  it("looks at the first thousand alone", () => {
    const many = Array.from({ length: 1_001 }, (_, index) => `n${index}`);
    expect(choices("n999", many, "")).toMatch(/^Did you mean "n999"/);
    expect(choices("n1000", many, "")).not.toContain('"n1000"');
  });
});
