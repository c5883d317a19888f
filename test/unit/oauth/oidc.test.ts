import { describe, expect, it } from "vitest";
import { mayComeIn } from "../../../src/oauth/oidc.ts";

const allow = { subjects: ["carol"], emails: ["Dave@Home.example"], domains: ["Example.com"] };

describe("who may come in", () => {
  it.each<[string, Record<string, unknown>, boolean]>([
    ["an allowed subject", { sub: "carol" }, true],
    ["an allowed address, in whatever case", { sub: "1", email: "dave@HOME.example", email_verified: true }, true],
    ["an address of an allowed domain", { sub: "1", email: "alice@example.COM", email_verified: true }, true],
    ["nobody that is known", { sub: "1" }, false],
    ["an allowed address that nobody has verified", { sub: "1", email: "dave@home.example", email_verified: false }, false],
    ["an allowed address of which nothing is said", { sub: "1", email: "dave@home.example" }, false],
    ["verified in words only", { sub: "1", email: "dave@home.example", email_verified: "true" }, false],
    ["a subdomain of an allowed domain", { sub: "1", email: "a@sub.example.com", email_verified: true }, false],
    ["a domain that ends like an allowed one", { sub: "1", email: "a@notexample.com", email_verified: true }, false],
    ["an allowed domain in front of another", { sub: "1", email: "a@example.com@evil.example", email_verified: true }, false],
    ["an address as the subject", { sub: "dave@home.example" }, false],
    ["an address that is no text", { sub: "1", email: ["dave@home.example"], email_verified: true }, false],
  ])("%s: %j is %s", (_name, claims, expected) => {
    expect(mayComeIn(claims, allow)).toBe(expected);
  });
});
