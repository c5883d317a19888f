import { expect, it } from "vitest";
import type { Grant } from "../../../src/upstream/authorization.ts";
import { credentialMemory, KEY, vaultOf } from "../../support/credential-memory.ts";

const URL_A = new URL("https://a.example/mcp");
const grant: Grant = {
  issuer: "https://as.example",
  server: "https://as.example",
  client: { client_id: "id" },
  redirectUri: "https://proxy.example/connect/callback",
  tokens: { access_token: "an-access-token", token_type: "Bearer", refresh_token: "a-refresh-token" },
};
const OTHER = "another-key-with-32-characters-or-more";

const sealedIn = (store: ReturnType<typeof credentialMemory>) => [...store.records.values()][0] ?? "";

it("gives back what it has kept, and nothing of it can be read where it lies", async () => {
  const store = credentialMemory();
  const vault = vaultOf(store);
  await vault.save("peer", URL_A, grant);
  expect(await vault.load("peer", URL_A)).toEqual(grant);
  expect(sealedIn(store)).toMatch(/^v1\.[\w-]{11}\.[\w-]{16}\.[\w-]+$/);
  await vault.save("peer", URL_A, grant);
  await vault.remove("peer", URL_A);
  expect(await vault.load("peer", URL_A)).toBeUndefined();
});

it("seals the same grant differently each time", async () => {
  const store = credentialMemory();
  await vaultOf(store).save("peer", URL_A, grant);
  const first = sealedIn(store);
  await vaultOf(store).save("peer", URL_A, grant);
  expect(sealedIn(store)).not.toBe(first);
});

it("does not open what belongs to another caller, upstream or address, or was changed", async () => {
  const store = credentialMemory();
  await vaultOf(store).save("peer", URL_A, grant);
  const sealed = sealedIn(store);
  const [name = ""] = store.records.keys();
  for (const other of ["https://evil.example/mcp", URL_A.href]) {
    await vaultOf(store).save("other", new URL(other), grant);
    for (const each of store.records.keys()) store.records.set(each, sealed);
    expect(await vaultOf(store).load("other", new URL(other))).toBeUndefined();
  }
  expect(await vaultOf(store, { caller: "bob" }).load("peer", URL_A)).toBeUndefined();
  expect(await vaultOf(store).load("peer", new URL("https://evil.example/mcp"))).toBeUndefined();
  for (const broken of [
    "",
    "v1",
    sealed.slice(0, -3),
    `${sealed.slice(0, -1)}${sealed.endsWith("A") ? "B" : "A"}`,
    sealed.replace("v1", "v2"),
    "v1.a.b.?",
  ]) {
    store.records.set(name, broken);
    expect(await vaultOf(store).load("peer", URL_A)).toBeUndefined();
  }
});

it("opens with the key before, and seals with the present one from then on", async () => {
  const store = credentialMemory();
  await vaultOf(store).save("peer", URL_A, grant);
  expect(await vaultOf(store, { key: OTHER }).load("peer", URL_A)).toBeUndefined();
  expect(await vaultOf(store, { key: OTHER, previous: KEY }).load("peer", URL_A)).toEqual(grant);
  expect(await vaultOf(store, { key: OTHER }).load("peer", URL_A)).toEqual(grant);
  expect(await vaultOf(store).load("peer", URL_A)).toBeUndefined();
});
