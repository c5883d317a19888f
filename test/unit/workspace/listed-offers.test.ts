import { expect, it } from "vitest";
import { ListedOffers } from "../../../src/workspace/listed-offers.ts";

it("lists change with the servers, for those who have seen them, and once", () => {
  const listed = new ListedOffers();
  expect(listed.changed(["a"])).toEqual([]);
  listed.saw("templates", ["a"]);
  listed.saw("prompts", ["a", "b"]);
  expect(listed.changed(["a", "b"])).toEqual(["resources"]);
  expect(listed.changed(["a", "b"])).toEqual([]);
  expect(listed.changed(["b"])).toEqual(["resources", "prompts"]);
});
