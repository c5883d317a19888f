import { describe, expect, it } from "vitest";
import { isDataName } from "../../../src/catalog/data-name.ts";

describe("names of properties that are data", () => {
  it.each([
    "id",
    "createdAt",
    "created_at",
    "a-b",
    "$ref",
    "@type",
    "_links",
    "x1",
    "sha256",
    "base64",
    "html_url",
    "Due Date",
    "Name of owner",
    "größe",
    "名前",
    "URL",
    "P95",
    "facade",
    "a".repeat(40),
  ])("%s is not", (name) => {
    expect(isDataName(name)).toBe(false);
  });

  it.each([
    "",
    "4711",
    "2026-11-25",
    "u@example.com",
    "src/index.ts",
    "README.md",
    "example.com",
    "https://x",
    "user:17",
    "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    "deadbeef01",
    "U02ABCDEF",
    "PROJ-12",
    "cus_Nf8312x9",
    "a sentence of four words",
    "two  blanks",
    "line\nbreak",
    "*/",
    "a".repeat(41),
  ])("%j is", (name) => {
    expect(isDataName(name)).toBe(true);
  });
});
