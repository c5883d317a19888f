import { describe, expect, it } from "vitest";
import { resolveDoorSecrets } from "../../../src/config/door-secrets.ts";
import { thrownBy } from "./parse.ts";

const env = (values: Record<string, string>) => (name: string) => values[name];
const callers = { a: { token: "${A}" }, b: { token: "${B}" } };

describe("the secrets of the door", () => {
  it("are what the variables say, without the line break of a piped file", () => {
    const found = resolveDoorSecrets(
      { callers: { a: callers.a }, signIn: { passphrase: "${P}" } },
      env({ A: "a".repeat(16), P: `${"p".repeat(16)}\n` }),
    );
    expect(found).toEqual({ callers: new Map([["a", "a".repeat(16)]]), passphrase: "p".repeat(16) });
  });

  it.each<[string, Record<string, string>, string]>([
    ["not set", { A: "a".repeat(16) }, "callers.b.token: environment variable B is not set"],
    ["of 15 characters", { A: "a".repeat(16), B: "b".repeat(15) }, "callers.b.token: Shorter than 16 characters."],
    ["the same", { A: "a".repeat(16), B: "a".repeat(16) }, "callers: Two of them have the same token."],
  ])("are refused if one is %s, without a word of it", (_name, values, message) => {
    expect(thrownBy(() => resolveDoorSecrets({ callers }, env(values))).message).toBe(message);
  });
});
