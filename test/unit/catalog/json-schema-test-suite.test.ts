import { beforeAll, describe, expect, it } from "vitest";
import { ACCEPTED, REFUSED } from "./suite-exceptions.ts";
import type { Exception } from "./suite-exceptions.ts";
import { compareWithSuite, DRAFTS } from "./suite.ts";
import type { Comparison } from "./suite.ts";

describe(`the JSON-Schema-Test-Suite, ${DRAFTS.join(" and ")}`, () => {
  let suite: Comparison;

  beforeAll(() => {
    suite = compareWithSuite();
  });

  it("has types for all of its schemas", () => {
    expect(suite.tests).toBeGreaterThan(2_000);
    expect(suite.broken).toEqual([]);
  });

  it("agrees on what is valid, except what is refused on purpose", () => {
    expect(suite.refused.filter((id) => !isExcused(id, REFUSED))).toEqual([]);
  });

  it("agrees on what is not, except where TypeScript has no type for it", () => {
    expect(suite.accepted.filter((id) => !isExcused(id, ACCEPTED))).toEqual([]);
  });

  it("needs every exception", () => {
    const idle = (exceptions: readonly Exception[], ids: readonly string[]) =>
      exceptions.flatMap(({ entries }) => entries).filter((entry) => !ids.some((id) => isWithin(id, entry)));
    expect(idle(REFUSED, suite.refused)).toEqual([]);
    expect(idle(ACCEPTED, suite.accepted)).toEqual([]);
  });
});

function isExcused(id: string, exceptions: readonly Exception[]): boolean {
  return exceptions.some(({ entries }) => entries.some((entry) => isWithin(id, entry)));
}

function isWithin(id: string, entry: string): boolean {
  return id === entry || id.startsWith(`${entry} / `);
}
