import fc from "fast-check";
import { expect, it } from "vitest";
import { fingerprint } from "../../../src/core/fingerprint.ts";

it("is the same for the same text on every machine", () => {
  expect(fingerprint("")).toBe("811c9dc5811c9dc5");
  expect(fingerprint("create_issue")).toMatch(/^[0-9a-f]{16}$/);
  expect(fingerprint("create_issue")).toBe(fingerprint(["create", "issue"].join("_")));
});

it("is another one for another text", () => {
  const texts = Array.from({ length: 100_000 }, (_, index) => `{"name":"tool_${index}"}`);
  expect(new Set(texts.map(fingerprint)).size).toBe(texts.length);
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(fingerprint(a) === fingerprint(b)).toBe(a === b);
    }),
  );
});
