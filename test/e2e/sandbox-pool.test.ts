import { spawnSync } from "node:child_process";
import { readdir, readFile, readlink } from "node:fs/promises";
import { afterEach, describe, expect, it } from "vitest";
import type { Limits } from "../../src/core/limits.ts";
import { openCaller } from "../support/callers.ts";
import type { CallerEra, ProgramCaller } from "../support/callers.ts";
import { descendants, sandboxProcesses, stillAlive, until } from "../support/processes.ts";
import { startProxy } from "../support/proxy.ts";
import type { Proxy } from "../support/proxy.ts";
import { startUpstream, text, tool } from "../support/upstreams.ts";
import type { UpstreamEra, UpstreamScript } from "../support/upstreams.ts";

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

interface Setup {
  readonly proxy: Proxy;
  readonly run: ProgramCaller["run"];
  readonly connect: (era?: CallerEra) => Promise<ProgramCaller>;
}

async function setUp(
  limits: Partial<Limits>,
  call: UpstreamScript["call"] = () => text("hi"),
  era: UpstreamEra = "legacy",
): Promise<Setup> {
  const peer = await startUpstream(era, { pages: [[tool("hello"), tool("hold")]], call });
  cleanups.push(() => peer.close());
  const proxy = await startProxy({ mcpServers: { peer: { url: peer.url } }, limits });
  cleanups.push(() => proxy.stop());
  const connect = async (callerEra: CallerEra = "2025") => {
    const caller = await openCaller(proxy.url, callerEra);
    cleanups.push(() => caller.close());
    return caller;
  };
  return { proxy, run: (await connect()).run, connect };
}

/** Calls that wait in the upstream until the test lets them go. */
class Held {
  peak = 0;
  readonly #arrived: (() => void)[] = [];
  readonly #wanted: { count: number; resolve: () => void }[] = [];

  readonly call = async (): Promise<object> => {
    await new Promise<void>((resolve) => {
      this.#arrived.push(resolve);
      this.peak = Math.max(this.peak, this.#arrived.length);
      for (const { count, resolve: tell } of this.#wanted) if (this.#arrived.length >= count) tell();
    });
    return text("let go");
  };

  /** Resolves when so many wait at once. */
  waiting(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.#wanted.push({ count, resolve });
      if (this.#arrived.length >= count) resolve();
    });
  }

  letGo(): void {
    for (const go of this.#arrived.splice(0)) go();
  }
}

/** Whether this machine lets a user make namespaces: by the least that needs them. */
const confinable =
  process.platform === "linux" &&
  spawnSync("/usr/bin/unshare", ["--user", "--map-root-user", "--mount", "--net", "--pid", "--fork", "true"]).status === 0;

const ENDLESS = "while (true) {}";
const FILL_HEAP = "const kept = []; for (;;) kept.push(new Array(100_000).fill(kept.length));";
const fillBuffers = (megabytes: number) =>
  `const kept = []; for (let i = 0; i < ${megabytes}; i++) { kept.push(new Uint8Array(1_048_576).fill(1)); await new Promise((r) => setTimeout(r, 1)); }`;

describe("executionMs", () => {
  const limits = { executionMs: 1_000 };

  it("lets a shorter program end, and names itself to a longer one", async () => {
    const { run } = await setUp(limits);
    expect(await run("await new Promise((r) => setTimeout(r, 10)); return 1")).toBe("1");
    expect(await run("await new Promise((r) => setTimeout(r, 60_000)); return 1")).toBe(
      "ERROR The program was stopped after executionMs = 1000 ms. Do less in one program, or raise limits.executionMs in the configuration.",
    );
    expect(await run(ENDLESS)).toContain("executionMs = 1000 ms");
    expect(await run("return 2")).toBe("2");
  });
});

describe("cpuMs", () => {
  it("lets a program compute for longer in several stretches, and kills one that never pauses", async () => {
    const enough = performance.now() + 2_500;
    const { run } = await setUp({ cpuMs: 1_000 }, () => text(performance.now() > enough ? "enough" : "more"));
    const stretches = 'let n = 0; do { for (let i = 0; i < 1e7; i++) n++; } while ((await peer.hello({})) === "more"); return n > 0';
    expect(await run(stretches)).toBe("true");
    expect(await run(ENDLESS)).toBe(
      "ERROR The program was killed: it computed for more than cpuMs = 1000 ms without a pause. Look for an endless loop, or raise limits.cpuMs in the configuration.",
    );
    expect(await run("return 2")).toBe("2");
  });
});

// Only Linux tells what a process has used.
describe.runIf(process.platform === "linux")("a process that gets no processor", () => {
  it("is left alone: it is not the program that takes the time", async () => {
    const held = new Held();
    const { proxy, run, connect } = await setUp({ cpuMs: 300 }, held.call);
    const [pid = 0] = await until(
      () => sandboxProcesses(proxy.child.pid ?? 0),
      (pids) => pids.length === 1,
    );
    const slow = run("return await peer.hold({})");
    await held.waiting(1);
    process.kill(pid, "SIGSTOP");
    // It runs in another process, and ends after as much time as the first would have had.
    const other = await connect();
    expect(await other.run(ENDLESS)).toContain("cpuMs = 300 ms");
    process.kill(pid, "SIGCONT");
    held.letGo();
    expect(await slow).toBe("let go");
  });
});

describe("memoryBytes", () => {
  const limits = { memoryBytes: 67_108_864 };
  const killed =
    "ERROR The program was killed: it took more memory than memoryBytes = 67108864 bytes. Keep less data at once, or raise limits.memoryBytes in the configuration.";

  it("bounds the heap", async () => {
    const { run } = await setUp(limits);
    expect(await run("const kept = Array.from({ length: 40 }, () => new Array(100_000).fill(1)); return kept.length")).toBe("40");
    expect(await run(FILL_HEAP)).toBe(killed);
    expect(await run("return 2")).toBe("2");
  });

  it.runIf(process.platform === "linux")("bounds what lies outside the heap", async () => {
    const { run } = await setUp(limits);
    expect(await run(`${fillBuffers(64)} return kept.length`)).toBe("64");
    expect(await run(`${fillBuffers(1_000)} return kept.length`)).toBe(killed);
    expect(await run("return 2")).toBe("2");
  });
});

describe("calls", () => {
  it("so many pass, the next one fails inside the program, as does each that follows", async () => {
    let arrived = 0;
    const { run } = await setUp({ calls: 5 }, () => text(`call ${(arrived += 1)}`));
    const program = (calls: number) => `for (let i = 1; i < ${calls}; i++) await peer.hello({}); return await peer.hello({})`;
    expect(await run(program(5))).toBe("call 5");
    expect(await run(program(6))).toContain(
      "ERROR ToolError: peer.hello: the program has made calls = 5 calls, and may make no more. Do less in one program, or raise limits.calls",
    );
    expect(await run(`${program(5).replace("return", "")}; return await codemode.raw("peer.hello").catch((e) => e.code)`)).toBe("limit");
    expect(arrived).toBe(15);
  });
});

describe("callResultBytes", () => {
  // The last text is the one that JSON makes most of: it crosses two connections as JSON inside JSON, and each has a limit of its own.
  it.each([
    ["plain", "x", 15_999_998],
    ["of two bytes a character", "é", 7_999_999],
    ["of backslashes", "\\", 7_999_999],
  ])("as much as may be set passes, one more fails inside the program: text %s", async (_what, character, count) => {
    let length = count;
    const { run } = await setUp({ memoryBytes: 268_435_456 }, () => text(character.repeat(length)));
    const program = "try { return (await peer.hello({})).length } catch (e) { return [e.code, e.message] }";
    expect(await run(program)).toBe(String(count));
    length += 1;
    expect(await run(program)).toMatch(/^\["limit","peer\.hello: the result is larger than callResultBytes = 16000000 bytes\. /);
  });
});

describe("callsInFlight", () => {
  it("so many are under way at once, and all are answered", async () => {
    const held = new Held();
    const { run } = await setUp({ callsInFlight: 3 }, held.call);
    const running = run("return (await Promise.all(Array.from({ length: 21 }, () => peer.hold({})))).length");
    for (let batch = 0; batch < 7; batch += 1) {
      await held.waiting(3);
      held.letGo();
    }
    expect(await running).toBe("21");
    expect(held.peak).toBe(3);
  });
});

describe("executions", () => {
  it("so many run at once, the others in their turn", async () => {
    const held = new Held();
    const { connect } = await setUp({ executions: 2 }, held.call);
    const callers = await Promise.all([connect("2025"), connect("2026"), connect("2025")]);
    const running = Promise.all(callers.flatMap(({ run }) => [run("return await peer.hold({})"), run("return await peer.hold({})")]));
    for (let pair = 0; pair < 3; pair += 1) {
      await held.waiting(2);
      held.letGo();
    }
    expect(await running).toEqual(Array.from({ length: 6 }, () => "let go"));
    expect(held.peak).toBe(2);
  });

  it("the time in the queue is not the program's", async () => {
    const { run } = await setUp({ executions: 1, executionMs: 2_000 });
    const program = "await new Promise((r) => setTimeout(r, 700)); return 1";
    expect(await Promise.all([run(program), run(program), run(program), run(program)])).toEqual(["1", "1", "1", "1"]);
  });
});

describe("callers", () => {
  it("take turns in the queue: one with many programs delays another by one", async () => {
    const order: string[] = [];
    const held = new Held();
    const peer = await startUpstream("legacy", {
      pages: [[tool("hold")]],
      call: ({ arguments: { who } }) => {
        order.push(String(who));
        return held.call();
      },
    });
    cleanups.push(() => peer.close());
    const tokens = { greedy: "greedy-token-0123456789", modest: "modest-token-0123456789" };
    const proxy = await startProxy(
      {
        mcpServers: { peer: { url: peer.url } },
        callers: { greedy: { token: "${env:GREEDY}" }, modest: { token: "${env:MODEST}" } },
        limits: { executions: 1 },
      },
      { env: { GREEDY: tokens.greedy, MODEST: tokens.modest } },
    );
    cleanups.push(() => proxy.stop());
    const [greedy, modest] = await Promise.all([
      openCaller(proxy.url, "2025", tokens.greedy),
      openCaller(proxy.url, "2026", tokens.modest),
    ]);
    cleanups.push(() => greedy.close());
    cleanups.push(() => modest.close());

    const running = [greedy.run("return await peer.hold({ who: 'greedy' })")];
    await held.waiting(1);
    running.push(...Array.from({ length: 10 }, () => greedy.run("return await peer.hold({ who: 'greedy' })")));
    await overtaken(greedy);
    running.push(modest.run("return await peer.hold({ who: 'modest' })"));
    await overtaken(modest);
    for (let turn = 0; turn < 12; turn += 1) {
      await held.waiting(1);
      held.letGo();
    }
    expect(await Promise.all(running)).toEqual(Array.from({ length: 12 }, () => "let go"));
    expect(order.indexOf("modest")).toBeLessThanOrEqual(2);
  });

  /** Programs that are refused wait for nobody: when they have been answered, what their caller sent before them waits for its turn. */
  async function overtaken(caller: ProgramCaller): Promise<void> {
    for (const source of ["return 1 +", "return 2 +"]) expect(await caller.run(source)).toMatch(/^ERROR The program was not run/);
  }
});

describe("sandboxIdleMs", () => {
  it("after so long idle processes end, all but the spare one; before that they stay", async () => {
    const held = new Held();
    const start = async (sandboxIdleMs: number) => {
      const { proxy, run } = await setUp({ sandboxIdleMs }, held.call);
      const running = [1, 2, 3].map(() => run("return await peer.hold({})"));
      await held.waiting(3);
      held.letGo();
      await Promise.all(running);
      return () => sandboxProcesses(proxy.child.pid ?? 0);
    };
    const patient = await start(3_600_000);
    const hasty = await start(1);
    expect(await until(hasty, (pids) => pids.length === 1)).toHaveLength(1);
    expect((await patient()).length).toBeGreaterThanOrEqual(3);
  });
});

describe("executionsQueued", () => {
  it("so many wait, exactly the one beyond learns that the proxy is busy, at once", async () => {
    const held = new Held();
    const { run } = await setUp({ executions: 1, executionsQueued: 2 }, held.call);
    const program = "return await peer.hold({})";
    const first = run(program);
    await held.waiting(1);
    const others = [run(program), run(program), run(program)];
    // The first one still runs: this is no answer to its end.
    expect(await Promise.race(others)).toBe(
      "ERROR The proxy is busy: executionsQueued = 2 programs wait already. The program was not run; try again in a while, or raise limits.executionsQueued in the configuration.",
    );
    for (let turn = 0; turn < 3; turn += 1) {
      await held.waiting(1);
      held.letGo();
    }
    expect(await first).toBe("let go");
    expect((await Promise.all(others)).filter((answer) => answer === "let go")).toHaveLength(2);
  });
});

describe("after a failure the caller learns what had already happened", () => {
  it.each([
    ["a throw", {}, "throw new Error('at last')", /^ERROR Error: at last/],
    ["executionMs", { executionMs: 700 }, "await new Promise((r) => setTimeout(r, 60_000))", /^ERROR .*executionMs = 700/],
    ["cpuMs", { cpuMs: 300 }, ENDLESS, /^ERROR .*cpuMs = 300/],
    ["memoryBytes", { memoryBytes: 33_554_432 }, FILL_HEAP, /^ERROR .*memoryBytes = 33554432/],
  ])("%s", async (_what, limits, failure, message) => {
    const { run } = await setUp(limits);
    const told = await run(`console.log("so far"); await peer.hello({}); await peer.hello({}); ${failure}`);
    expect(told).toMatch(message);
    expect(told).toContain("Console:\nso far");
    expect(told).toMatch(/Calls that had been made \(2\):\npeer\.hello ok \(\d+ ms\)\npeer\.hello ok \(\d+ ms\)$/);
  });

  it.each([
    ["executionMs", { executionMs: 700 }, ENDLESS],
    ["cpuMs", { cpuMs: 300 }, ENDLESS],
    ["memoryBytes", { memoryBytes: 33_554_432 }, FILL_HEAP],
  ])("%s, and it had printed without a pause before that", async (_what, limits, failure) => {
    const { run } = await setUp(limits);
    const told = await run(`console.log("first"); await peer.hello({}); console.log("a\\nb"); console.warn("last", { n: 1 }); ${failure}`);
    expect(told).toContain('\n--\nConsole:\nfirst\na\nb\n[warn] last {"n":1}\n--\nCalls that had been made (1):');
    expect(await run("console.log('of another'); return 1")).toBe("1\n--\nConsole:\nof another");
  });

  it("no more lines than the limits allow, with a pause or without", async () => {
    const { run } = await setUp({ cpuMs: 300, consoleLines: 5 });
    const told = await run(
      `for (let i = 0; i < 3; i++) console.log(i); await peer.hello({}); for (let i = 3; i < 99; i++) console.log(i); ${ENDLESS}`,
    );
    expect(told).toContain("Console:\n0\n1\n2\n3\n4\n--\n");
  });

  it("a call that was under way is told as cancelled", async () => {
    const { run } = await setUp({ executionMs: 700 }, ({ signal }) => untilAborted(signal));
    expect(await run("await peer.hold({})")).toMatch(/Calls that had been made \(1\):\npeer\.hold cancelled/);
  });
});

describe.each<CallerEra>(["2025", "2026"])("a caller of %s that cancels", (callerEra) => {
  it.each<UpstreamEra>(["legacy", "modern"])("stops the program and its call to a %s upstream; no further call arrives", async (era) => {
    const aborted = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    let held = 0;
    const { connect, run } = await setUp(
      {},
      async ({ name, signal }) => {
        if (name === "hello") return text("hi");
        held += 1;
        arrived.resolve();
        await untilAborted(signal).catch(() => aborted.resolve());
        throw new Error("cancelled");
      },
      era,
    );
    const caller = await connect(callerEra);
    const cancel = new AbortController();
    const running = caller.run("for (;;) { try { await peer.hold({}) } catch {} }", cancel.signal);
    await arrived.promise;
    cancel.abort();
    await expect(running).rejects.toThrow();
    await aborted.promise;
    for (let other = 0; other < 3; other += 1) expect(await run("return await peer.hello({})")).toBe("hi");
    expect(held).toBe(1);
  });

  it("while its program waits for its turn makes room in the queue, and the program never runs", async () => {
    const held = new Held();
    let hellos = 0;
    const { connect, run } = await setUp({ executions: 1, executionsQueued: 1 }, ({ name }) => {
      if (name === "hold") return held.call();
      return text(`hello ${(hellos += 1)}`);
    });
    const first = run("return await peer.hold({})");
    await held.waiting(1);
    const caller = await connect(callerEra);
    const cancels = [new AbortController(), new AbortController()];
    const pair = cancels.map(({ signal }) => caller.run("return await peer.hello({})", signal));
    const beyond = await Promise.race(pair.map(async (told, index) => ({ told: await told, index })));
    expect(beyond.told).toContain("executionsQueued = 1");
    const queued = 1 - beyond.index;
    cancels[queued]?.abort();
    await expect(pair[queued]).rejects.toThrow();

    // Two seek the place. Once one of them has it, it waits, and the other alone is told again and again that it is beyond.
    const inARow = [0, 0];
    const seek = async (me: 0 | 1): Promise<string> => {
      for (;;) {
        const told = await run("return await peer.hello({})");
        if (!told.includes("executionsQueued = 1")) return told;
        inARow[me]! += 1;
        inARow[1 - me] = 0;
        if (inARow[me]! >= 5) held.letGo();
      }
    };
    expect((await Promise.all([seek(0), seek(1)])).toSorted()).toEqual(["hello 1", "hello 2"]);
    expect(await first).toBe("let go");
  });
});

describe("sandbox processes", () => {
  it("one that is killed from outside costs its program alone", async () => {
    const held = new Held();
    const { proxy, run } = await setUp({}, held.call);
    const look = () => sandboxProcesses(proxy.child.pid ?? 0);
    const [spare = 0] = await until(look, (pids) => pids.length === 1);
    const victim = run("console.log('so far'); return await peer.hold({})");
    await held.waiting(1);
    // The next program gets the new spare one.
    await until(look, (pids) => pids.length === 2);
    const neighbour = run("return await peer.hold({})");
    await held.waiting(2);
    process.kill(spare, "SIGKILL");
    expect(await victim).toMatch(
      /^ERROR The sandbox ended before the program did \(fault \w+: .*\n--\nConsole:\nso far\n--\nCalls that had been made \(1\):\npeer\.hold cancelled/,
    );
    held.letGo();
    expect(await neighbour).toBe("let go");
    expect(await run("return 3")).toBe("3");
    expect(proxy.stderr()).toMatch(/fault \w+: the sandbox process ended: (?:signal SIGKILL|exit code \d+)/);
  });

  it.runIf(process.platform === "linux")("get an empty environment and an empty folder", async () => {
    const { proxy, run } = await setUp({});
    expect(await run("return 1")).toBe("1");
    const pids = await sandboxProcesses(proxy.child.pid ?? 0);
    expect(pids.length).toBeGreaterThanOrEqual(1);
    for (const pid of pids) {
      expect(await readFile(`/proc/${pid}/environ`, "utf8")).toBe("");
      expect(await readdir(`/proc/${pid}/cwd/`)).toEqual([]);
      const limits = await readFile(`/proc/${pid}/limits`, "utf8");
      expect(limits).toMatch(/^Max file size +0 +0 /m);
      expect(limits).toMatch(/^Max core file size +0 +0 /m);
      expect(limits).toMatch(/^Max open files +256 +256 /m);
    }
  });

  it.runIf(confinable)("have namespaces of their own, each, no right, and no file but their code", async () => {
    const { proxy, run } = await setUp({});
    expect(await Promise.all([run("return 1"), run("return 2")])).toEqual(["1", "2"]);
    expect(proxy.stderr()).not.toContain("does not confine");
    const pids = await sandboxProcesses(proxy.child.pid ?? 0);
    expect(pids.length).toBeGreaterThanOrEqual(2);
    for (const kind of ["user", "mnt", "net", "ipc", "pid", "uts"]) {
      const names = await Promise.all(["self", ...pids].map((pid) => readlink(`/proc/${pid}/ns/${kind}`)));
      expect(new Set(names).size).toBe(pids.length + 1);
    }
    for (const pid of pids) {
      const status = await readFile(`/proc/${pid}/status`, "utf8");
      expect(status).toMatch(/^NoNewPrivs:\t1$/m);
      expect([...status.matchAll(/^Cap\w+:\t(\w+)$/gm)].map(([, rights]) => Number(`0x${rights}`))).toEqual([0, 0, 0, 0, 0]);
      const top = await readdir(`/proc/${pid}/root/`);
      for (const name of ["etc", "home", "root", "proc", "sys", "var"]) expect(top).not.toContain(name);
    }
  });

  it("do not outlive a proxy that is killed, not even with an endless loop in them", async () => {
    const { proxy, run } = await setUp({});
    const lost = Promise.allSettled([run(ENDLESS), run(ENDLESS)]);
    const look = () => sandboxProcesses(proxy.child.pid ?? 0);
    await until(look, (pids) => pids.length === 3);
    const pids = await descendants(proxy.child.pid ?? 0);
    proxy.child.kill("SIGKILL");
    await until(
      () => stillAlive(pids),
      (alive) => alive.length === 0,
    );
    await lost;
  });
});

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("aborted"))));
}
