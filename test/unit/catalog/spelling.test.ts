import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mistakesBetween, Spelling } from "../../../src/catalog/spelling.ts";

describe("mistakesBetween", () => {
  it.each([
    ["", "", 0],
    ["issue", "issue", 0],
    ["isue", "issue", 1],
    ["issuee", "issue", 1],
    ["izsue", "issue", 1],
    ["sisuee", "issue", 2],
    ["isseu", "issue", 1],
    ["abc", "", 3],
    ["kitten", "sitting", 3],
  ])("%j, %j: %i", (a, b, mistakes) => {
    expect(mistakesBetween(a, b)).toBe(mistakes);
    expect(mistakesBetween(b, a)).toBe(mistakes);
  });

  it("stops counting beyond the most that matters, and never before", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), fc.nat(5), (a, b, most) => {
        const mistakes = mistakesBetween(a, b);
        const bounded = mistakesBetween(a, b, most);
        if (mistakes <= most) expect(bounded).toBe(mistakes);
        else expect(bounded).toBeGreaterThan(most);
      }),
    );
  });
});

describe("Spelling", () => {
  const spelling = new Spelling(
    new Map([
      ["issue", 9],
      ["tissue", 1],
      ["invoice", 3],
      ["subscription", 2],
      ["list", 5],
      ["last", 1],
      ["größe", 1],
    ]),
  );

  it.each([
    ["isue", ["issue"]],
    ["issuer", ["issue"]],
    ["invocie", ["invoice"]],
    ["subscirptoin", ["subscription"]],
    ["lost", ["list", "last"]],
    ["lisst", ["list"]],
    ["grösse", []],
    ["größ", ["größe"]],
    ["lst", []],
    ["zebra", []],
    ["", []],
    ["123456", []],
  ])("%s -> %j", (word, words) => {
    expect(spelling.nearest(word)).toEqual(words);
  });

  it("finds every word that has one mistake", () => {
    const letters = fc.string({ unit: fc.constantFrom(..."abcdefgz"), minLength: 5, maxLength: 9 });
    fc.assert(
      fc.property(letters, fc.nat(8), (word, position) => {
        const at = position % word.length;
        const wrong = `${word.slice(0, at)}q${word.slice(at + 1)}`;
        expect(new Spelling(new Map([[word, 1]])).nearest(wrong)).toEqual([word]);
      }),
    );
  });
});
