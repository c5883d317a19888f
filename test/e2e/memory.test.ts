import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../src/core/limits.ts";
import { openCaller } from "../support/callers.ts";
import type { ProgramCaller } from "../support/callers.ts";
import { startInspectedProxy } from "../support/inspected-proxy.ts";
import type { InspectedProxy } from "../support/inspected-proxy.ts";
import { proxyMemory, residentMemory, sandboxProcesses } from "../support/processes.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";
import type { ScriptedUpstream } from "../support/upstreams.ts";

const RUNS = 2_000;
const MAX_GROWTH = 1.2;
const MEBIBYTE = 1_048_576;

/** Programs that hand out something that has to be settled, and what they answer. */
const PROGRAMS: readonly ((n: number) => readonly [string, string])[] = [
  (n) => [`return ${n}`, `${n}`],
  (n) => [`return await peer.echo({ n: ${n} })`, `echo ${n}`],
  (n) => [`peer.echo({ n: ${n} }); setInterval(() => {}, 1); return ${n}`, `${n}`],
  (n) => [`console.log(${n}); throw new TypeError("${n}")`, `ERROR TypeError: ${n}`],
];

let upstream: ScriptedUpstream;
let proxy: InspectedProxy;
let callers: readonly ProgramCaller[];

beforeAll(async () => {
  upstream = await startUpstream("legacy", { pages: [[tool("echo")]], call: ({ arguments: { n } }) => text(`echo ${String(n)}`) });
  proxy = await startInspectedProxy({ mcpServers: { peer: { url: upstream.url } } });
  callers = await Promise.all((["2025", "2026", "2025", "2026"] as const).map((era) => openCaller(proxy.url, era)));
});
afterAll(async () => {
  await Promise.all((callers ?? []).map((caller) => caller.close()));
  await proxy?.stop();
  await upstream?.close();
});

let sent = 0;
async function run(count: number): Promise<void> {
  const client = async (caller: ProgramCaller) => {
    for (let done = 0; done < count / callers.length; done += 1) {
      const n = (sent += 1);
      const [source, answer] = PROGRAMS[n % PROGRAMS.length]?.(n) ?? ["", ""];
      expect((await caller.run(source)).split("\n")[0]).toBe(answer);
    }
  };
  await Promise.all(callers.map(client));
}

async function held() {
  // One that does not parse: the Checker runs, and nothing is cached of it twice.
  const heaps = await proxy.collectGarbage(() => callers[0]!.run(`return ${(sent += 1)} +`));
  return { heaps, resident: await proxyMemory(proxy.child.pid ?? 0) };
}

describe.runIf(process.platform === "linux")(`${RUNS} programs of four callers at once`, () => {
  it("leave nothing behind in the proxy, nor more in a sandbox process than it may keep", async () => {
    const look = () => sandboxProcesses(proxy.child.pid ?? 0);
    // A process that has answered is one that has started; one that is still starting takes less than it will.
    expect(await callers[0]?.run("return 0")).toBe("0");
    const idle = Math.max(...(await Promise.all((await look()).map((pid) => residentMemory([pid])))));
    await run(RUNS / 4);
    const early = await held();
    await run(RUNS - RUNS / 4);
    const late = await held();
    for (const part of ["node", "workerd"] as const) {
      expect(late.heaps[part] / early.heaps[part]).toBeLessThan(MAX_GROWTH);
      expect(late.resident[part] / early.resident[part]).toBeLessThan(MAX_GROWTH);
    }
    for (const pid of await look()) {
      // A process that has grown by more is not used again.
      expect(await residentMemory([pid])).toBeLessThan(idle + DEFAULT_LIMITS.memoryBytes / 4 + 16 * MEBIBYTE);
    }
  }, 180_000);
});
