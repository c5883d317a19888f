import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { DEFAULT_LIMITS } from "../../src/core/limits.ts";
import { SANDBOX_CLOSE, SANDBOX_FRAME } from "../../src/core/sandbox-frames.ts";
import { startGuardian } from "../../src/local/guardian.ts";
import { startLoopback } from "../../src/local/loopback.ts";
import { startSandboxPool } from "../../src/local/sandbox-pool.ts";
import { sandboxStarter } from "../../src/local/sandbox-starter.ts";
import { SECRET_HEADER } from "../../src/local/secret.ts";
import { ROOT } from "../support/proxy.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** The pool as the local runtime has it, with real processes, of which the starts that `fails` names do not succeed. */
async function startPool(fails: (start: number) => boolean) {
  const guardian = startGuardian();
  cleanups.push(() => guardian.close());
  const really = sandboxStarter({ importPath: join(ROOT, "dist"), limits: DEFAULT_LIMITS, guardian, log: () => {} });
  const lines: string[] = [];
  let starts = 0;
  const pool = startSandboxPool({
    limits: DEFAULT_LIMITS,
    start: async () => {
      if (fails((starts += 1))) throw new Error("no process today");
      return really();
    },
    log: (line) => lines.push(line),
  });
  cleanups.push(() => pool.close());
  const loopback = await startLoopback([pool.route]);
  cleanups.push(() => loopback.close());
  return { loopback, lines, starts: () => starts };
}

/** Asks for a process as the Worker does: what comes of it. */
async function ask({ port, secret }: { port: number; secret: string }): Promise<"started" | number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/sandbox`, { headers: { [SECRET_HEADER]: secret } });
  socket.once("open", () => socket.send("[]"));
  const told = await new Promise<"started" | number>((resolve, reject) => {
    socket.once("message", (data: Buffer, binary) => resolve(binary && data[0] === SANDBOX_FRAME.started ? "started" : -1));
    socket.once("close", resolve);
    socket.once("error", reject);
  });
  socket.close();
  return told;
}

describe("a sandbox process that does not start", () => {
  it("is started again for the run that waits for it", async () => {
    const { loopback, lines } = await startPool((start) => start <= 2);
    expect(await ask(loopback)).toBe("started");
    expect(lines).toEqual(Array.from({ length: 2 }, () => "a sandbox process did not start: Error: no process today"));
  });

  it("costs the run its place after some tries, which then end; later ones have another chance", async () => {
    let broken = true;
    const { loopback, starts } = await startPool(() => broken);
    expect(await ask(loopback)).toBe(SANDBOX_CLOSE.unavailable);
    const tries = starts();
    expect(tries).toBeLessThanOrEqual(5);
    expect(await ask(loopback)).toBe(SANDBOX_CLOSE.unavailable);
    expect(starts()).toBeLessThanOrEqual(tries + 3);
    broken = false;
    expect(await ask(loopback)).toBe("started");
  });
});
