import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";
import { startUpstream } from "../support/upstreams.ts";
import type { ScriptedUpstream } from "../support/upstreams.ts";
import { PROFILES } from "./attack.ts";
import type { Arrived, Attack, Profile } from "./attack.ts";
import { innocentAnswer, innocentProgram } from "./innocent.ts";
import { judge } from "./judge.ts";
import { ATTACKS } from "./table.ts";
import { answer, UPSTREAMS_OF } from "./upstreams.ts";

const arrived: Arrived[] = [];
let upstreams: readonly (readonly [string, ScriptedUpstream])[] = [];

beforeAll(async () => {
  const start = async ([key, tools]: readonly [string, readonly unknown[]]) => {
    const upstream = await startUpstream("legacy", {
      pages: [[...tools]],
      call({ name, arguments: args }) {
        arrived.push({ tool: name, args });
        return answer(name, args);
      },
    });
    return [key, upstream] as const;
  };
  upstreams = await Promise.all(Object.entries(UPSTREAMS_OF.crowded).map(start));
});
afterAll(() => Promise.all(upstreams.map(([, upstream]) => upstream.close())));

describe.each(Object.keys(PROFILES) as Profile[])("a proxy with the limits %j", (profile) => {
  let proxy: Proxy;
  let attacker: Client;
  let bystander: Client;
  let innocents = 0;

  beforeAll(async () => {
    const behind = upstreams.filter(([key]) => Object.hasOwn(UPSTREAMS_OF[profile], key));
    const mcpServers = Object.fromEntries(behind.map(([key, { url }]) => [key, { url }]));
    proxy = await startProxy({ mcpServers, limits: PROFILES[profile], check: "off" });
    [attacker, bystander] = await Promise.all([connect(proxy), connect(proxy)]);
  });
  afterAll(async () => {
    await Promise.all([attacker?.close(), bystander?.close()]);
    await proxy?.stop();
  });

  async function runInnocent(): Promise<void> {
    const n = (innocents += 1);
    const { kind, blocks } = await run(bystander, innocentProgram(n));
    expect({ kind, blocks }).toEqual({ kind: "returned", blocks: innocentAnswer(n) });
  }

  it("offers one tool, whatever the upstreams list", async () => {
    const { tools } = await attacker.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["execute_code"]);
    await runInnocent();
  });

  const rows = Object.entries(ATTACKS).flatMap(([topic, attacks]) =>
    attacks.map((attack) => [`${topic}: ${attack.name}`, attack] as const),
  );
  const ofProfile = rows.filter(([, attack]) => (attack.profile ?? "usual") === profile);
  it.each<readonly [string, Attack]>(ofProfile)("%s", async (_name, attack) => {
    arrived.length = 0;
    const [{ kind, blocks }] = await Promise.all([run(attacker, attack.program), runInnocent()]);
    judge(attack, { kind, text: blocks.join("\n\n"), calls: arrived });
  });

  it("answers an innocent program after all of them", async () => {
    arrived.length = 0;
    await runInnocent();
    expect(arrived.filter(({ tool }) => tool !== "flood")).toHaveLength(2);
    expect(proxy.child.exitCode).toBeNull();
  });
});

it("no attack has changed the prototypes of an upstream", () => {
  expect("polluted" in {}).toBe(false);
});

async function connect(proxy: Proxy): Promise<Client> {
  const client = new Client({ name: "e2e", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(proxy.url));
  return client;
}

async function run(client: Client, code: string): Promise<{ kind: string; blocks: string[] }> {
  const result = await client.callTool({ name: "execute_code", arguments: { code } });
  const blocks = (result.content as { type: string; text?: string }[]).map(({ type, text }) => text ?? type);
  return { kind: kindOf(result.isError === true, blocks[0] ?? ""), blocks };
}

/** A caller has the text alone. */
function kindOf(isError: boolean, text: string): string {
  if (!isError) return "returned";
  if (text.startsWith("The program was not run:")) return "refused";
  if (text.startsWith("The proxy failed")) return "fault";
  return /or raise limits\.\w+(?: in the configuration)?\.$/.test(text) && /^The pro(?:gram|xy) (?:was|is) /.test(text) ? "limit" : "threw";
}
