import fc from "fast-check";
import { rm } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openAskedCaller } from "../support/asked-caller.ts";
import type { AskedCaller, Received } from "../support/asked-caller.ts";
import { choose, formOf } from "../support/asked-relay.ts";
import type { AskedForm } from "../support/asked-relay.ts";
import type { CallerEra } from "../support/callers.ts";
import { startProxy, writeConfig } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";
import type { ScriptedUpstream } from "../support/upstreams.ts";

let peer: ScriptedUpstream;
let plain: ScriptedUpstream;
let proxy: Proxy;
let file: { folder: string; file: string };
const callers: AskedCaller[] = [];
/** The calls that have arrived since the last look. */
const called: string[] = [];

beforeAll(async () => {
  const call = ({ name, arguments: args }: { name: string; arguments: object }) => {
    called.push(`${name} ${JSON.stringify(args)}`);
    return text(`${name} was called`);
  };
  const names = ["list", "merge", "send", "wipe", "keep2025http", "keep2025stdio", "keep2026http", "keep2026stdio"];
  peer = await startUpstream("modern", { pages: [names.map((name) => tool(name))], call });
  plain = await startUpstream("legacy", { pages: [[tool("post")]], call });
  const config = {
    mcpServers: { peer: { url: peer.url }, plain: { url: plain.url, passthrough: true } },
    check: "off",
    policy: { tools: { "peer.list": "allow", "peer.wipe": "deny" }, other: "ask" },
    // The time of a program: none of the people below is as fast as that.
    limits: { executionMs: 1_500 },
  };
  proxy = await startProxy(config);
  file = await writeConfig(config);
});
afterEach(async () => {
  await Promise.all(callers.splice(0).map((caller) => caller.close()));
  called.length = 0;
});
afterAll(async () => {
  await proxy?.stop();
  await rm(file.folder, { recursive: true, force: true });
  await peer?.close();
  await plain?.close();
});

const WAYS = (["2025", "2026"] as const).flatMap((era) => (["http", "stdio"] as const).map((way) => [era, way] as const));

async function open(era: CallerEra, way: "http" | "stdio", answer: (form: AskedForm, question: Received) => unknown): Promise<AskedCaller> {
  const caller = await openAskedCaller({
    era,
    to: way === "http" ? proxy.url : file.file,
    capabilities: { elicitation: { form: {} } },
    answer: (question) => answer(formOf(question as never), question),
  });
  callers.push(caller);
  return caller;
}

describe.each(WAYS)("a %s caller over %s", (era, way) => {
  it("is asked before the call, which waits without its time running, and is made when the person says so", async () => {
    const caller = await open(era, way, async (form) => {
      expect(called).toEqual(["list {}"]);
      // Longer than the program may take.
      await new Promise((resolve) => setTimeout(resolve, 1_700));
      return choose(form, "allow once");
    });
    expect(await caller.run("await peer.list(); return await peer.merge({ id: 7 })")).toBe("merge was called");
    expect(caller.asked[0]?.params.message).toBe('May this call be made?\n\npeer.merge (tool "merge" of the server "peer")\n{"id":7}');
    expect(called).toEqual(["list {}", 'merge {"id":7}']);
  });

  it("is asked once for calls that are made at once", async () => {
    const caller = await open(era, way, (form) => choose(form, "allow once"));
    const result = await caller.run(
      "return (await Promise.all([1, 2, 3, 4, 5].map((id) => id % 2 ? peer.merge({ id }) : peer.send({ id })))).length",
    );
    expect(result).toBe("5");
    expect(caller.asked).toHaveLength(1);
    expect(Object.values(formOf(caller.asked[0] as never).fields).map(({ title }) => title)).toEqual([
      "peer.merge (3 calls)",
      "peer.send (2 calls)",
    ]);
    expect(called).toHaveLength(5);
  });

  it.each(["no", "decline", "cancel"])("that says %s fails that call alone, as a ToolError", async (said) => {
    const caller = await open(era, way, (form) => (said === "no" ? choose(form, "no") : { action: said }));
    const result = await caller.run(
      "const [a, b] = await Promise.allSettled([peer.merge({ id: 1 }), peer.list()]); return [a.reason instanceof ToolError, a.reason.code, a.reason.message, b.value]",
    );
    expect(JSON.parse(result)).toEqual([
      true,
      "tool_approval",
      "peer.merge: declined: the user does not allow this call. Do without it, or ask the user what to do instead.",
      "list was called",
    ]);
    expect(called).toEqual(["list {}"]);
  });

  it("may allow a tool for the program, or for always", async () => {
    const caller = await open(era, way, (form) => choose(form, "allow for this program"));
    const program = "for (const id of [1, 2, 3]) await peer.merge({ id }); return 'done'";
    expect(await caller.run(program)).toBe("done");
    expect(caller.asked).toHaveLength(1);
    expect(await caller.run(program)).toBe("done");
    expect(caller.asked).toHaveLength(2);
    const keep = `keep${era}${way}`;
    const forever = await open(era, way, (form) => choose(form, "always allow"));
    expect(await forever.run(`return await peer.${keep}({ id: 1 })`)).toBe(`${keep} was called`);
    expect(await forever.run(`return await peer.${keep}({ id: 2 })`)).toBe(`${keep} was called`);
    expect(forever.asked).toHaveLength(1);
  });

  it("is asked for a tool that is passed through, too", async () => {
    const caller = await open(era, way, (form) => choose(form, form.message.includes("yes") ? "allow once" : "no"));
    expect((await caller.call("post", { text: "yes" })).content[0]?.text).toBe("post was called");
    const declined = await caller.call("post", { text: "please" });
    expect([declined.isError, declined.content[0]?.text]).toEqual([
      true,
      "post: declined: the user does not allow this call. Do without it, or ask the user what to do instead.",
    ]);
    expect(called).toEqual(['post {"text":"yes"}']);
  });
});

describe("whatever a program does", () => {
  it("what is called was allowed with these arguments, and what is denied is never called", async () => {
    const allowed: string[] = [];
    const caller = await open("2025", "http", (form) => {
      const said = form.message.includes("3") ? "no" : "allow once";
      if (said === "allow once")
        for (const [, name, args] of form.message.matchAll(/peer\.(\w+) \(tool .*\n(.*)/g)) allowed.push(`${name} ${args}`);
      return choose(form, said);
    });
    const name = fc.constantFrom("merge", "send", "wipe", "list", "constructor", "__proto__");
    const how = fc.constantFrom("direct", "raw", "changed", "proto");
    const call = fc.tuple(name, fc.integer({ min: 1, max: 4 }), how).map(([tool, id, way]) => {
      const quoted = JSON.stringify(tool);
      if (way === "raw") return `codemode.raw("peer." + ${quoted}, { id: ${id} })`;
      if (way === "proto") return `Object.create(peer)[${quoted}]({ id: ${id} })`;
      // The arguments are changed when the call is under way.
      if (way === "changed") return `((args) => { const made = peer[${quoted}](args); args.id = 99; return made; })({ id: ${id} })`;
      return `peer[${quoted}]({ id: ${id} })`;
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(call, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }), async (turns) => {
        called.length = 0;
        allowed.length = 0;
        const program = turns.map((calls) => `await Promise.allSettled([${calls.map((made) => `(async () => ${made})()`).join(", ")}]);`);
        await caller.run(program.join("\n"));
        const asked = called.filter((made) => !made.startsWith("list "));
        expect(asked.toSorted()).toEqual(allowed.toSorted());
        expect(called.join()).not.toMatch(/wipe|99/);
      }),
      { numRuns: 20 },
    );
  });
});
