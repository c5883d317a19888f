import { afterEach, beforeEach, expect, it } from "vitest";
import { Sealing } from "../../../src/core/sealing.ts";
import { authorizationFetch } from "../../../src/upstream/authorization-fetch.ts";
import { Connecting } from "../../../src/upstream/connecting.ts";
import type { PendingStore } from "../../../src/upstream/connecting.ts";
import { UpstreamAuth } from "../../../src/upstream/upstream-auth.ts";
import { credentialMemory, KEY, vaultOf } from "../../support/credential-memory.ts";
import { startOAuthUpstream } from "../../support/oauth-upstream.ts";
import type { OAuthUpstream } from "../../support/oauth-upstream.ts";

const BROWSER = "B".repeat(43);
const CONNECT_MS = 1_000;
const GONE = { problem: "This link has been used, or is too old. Run the program again for a new one." };

let peer: OAuthUpstream;
let now: number;
let rows: Map<string, string>;

beforeEach(async () => {
  [now, rows] = [1_000_000, new Map()];
  peer = await startOAuthUpstream();
});
afterEach(() => peer.close());

/** Keeps everything for ever: times are not the store's to judge. */
function pendingMemory(): PendingStore {
  return {
    put: (id, sealed) => void rows.set(id, sealed),
    get: (id) => rows.get(id),
    take(id) {
      const found = rows.get(id);
      rows.delete(id);
      return found;
    },
  };
}

function connectingOf(origin = "http://127.0.0.1:8787"): Connecting {
  const url = new URL(peer.upstream.url);
  const send = authorizationFetch(url, 5_000);
  const auth = new UpstreamAuth("peer", url, { vault: vaultOf(credentialMemory()), send, now: () => now, log: () => undefined });
  return new Connecting({
    upstreams: new Map([["peer", { key: "peer", url, auth, configured: () => ({}), send }]]),
    pending: pendingMemory(),
    sealing: new Sealing(KEY),
    announce: async () => undefined,
    origin: async () => origin,
    onConnected: async () => undefined,
    limits: { connectMs: CONNECT_MS },
    now: () => now,
    log: () => undefined,
  });
}

const ticketOf = (link: string) => link.slice(link.lastIndexOf("/") + 1);

it("connectMs: at the last moment a link works, and at the next it is gone", async () => {
  const connecting = connectingOf();
  const [first, second] = [ticketOf(await connecting.link("peer")), ticketOf(await connecting.link("peer"))];
  // Who asks again soon gets the same.
  expect(second).toBe(first);
  now += CONNECT_MS - 1;
  expect(await connecting.page(first)).toEqual({
    done: { upstream: "peer", host: new URL(peer.upstream.url).host, issuer: new URL(peer.issuer).host, scopes: ["offline_access"] },
  });
  // A look at the page does not make it last longer.
  now += 1;
  expect(await connecting.page(first)).toEqual(GONE);
  expect(await connecting.begin(first, BROWSER)).toEqual(GONE);
});

it("connectMs: so long the person may take at the other server", async () => {
  const connecting = connectingOf();
  const stateOf = async () => {
    const ticket = ticketOf(await connecting.link("peer"));
    await connecting.page(ticket);
    const begun = await connecting.begin(ticket, BROWSER);
    expect(await connecting.begin(ticket, BROWSER)).toEqual(GONE);
    return new URL((begun as { done: { location: string } }).done.location).searchParams.get("state") ?? "";
  };
  const [late, inTime] = [await stateOf(), await stateOf()];
  now += CONNECT_MS - 1;
  expect(await connecting.finish(`?state=${inTime}&error=access_denied&iss=${peer.issuer}`, BROWSER)).toEqual({
    problem: "peer could not be connected: the sign-in was declined. Run the program again for a new link.",
  });
  now += 1;
  expect(await connecting.finish(`?state=${late}&error=access_denied&iss=${peer.issuer}`, BROWSER)).toEqual(GONE);
});

it("what is kept meanwhile cannot be read, and is of no use in another place", async () => {
  const connecting = connectingOf();
  const [ticket, other] = [ticketOf(await connecting.link("peer")), "C".repeat(43)];
  for (const [id, sealed] of rows) {
    expect(id).not.toContain(ticket);
    expect(sealed).not.toContain("peer");
    rows.set(
      id.replace(/^./, (first) => (first === "A" ? "B" : "A")),
      sealed,
    );
  }
  expect(await connecting.page(other)).toEqual(GONE);
});

it("a server that shows another issuer after the page was shown changes nothing", async () => {
  const connecting = connectingOf();
  const ticket = ticketOf(await connecting.link("peer"));
  await connecting.page(ticket);
  peer.metadata = { authorization_servers: ["https://evil.example"] };
  const begun = await connecting.begin(ticket, BROWSER);
  expect(new URL((begun as { done: { location: string } }).done.location).origin).toBe(peer.issuer);
});
