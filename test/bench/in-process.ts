import { join } from "node:path";
import { newWebSocketRpcSession, RpcTarget } from "capnweb";
import { WebSocket } from "ws";
import { DEFAULT_LIMITS } from "../../src/core/limits.ts";
import { startGuardian } from "../../src/local/guardian.ts";
import { sandboxConfig } from "../../src/local/sandbox-config.ts";
import { SECRET_HEADER } from "../../src/local/secret.ts";
import { startWorkerd } from "../../src/local/workerd.ts";
import type { SandboxJob, SandboxOutcome } from "../../src/sandbox/executor.ts";
import { ROOT } from "../support/proxy.ts";

export interface InProcess {
  run(value: number): Promise<SandboxOutcome>;
  stop(): Promise<void>;
}

class NoBridge extends RpcTarget {
  async request(): Promise<string> {
    return '{"value":null}';
  }
  async log(): Promise<void> {}
}

/**
 * One workerd with the host Worker alone, driven over one connection that stays open: load a sandbox, run a prepared program in it, answer.
 * That is what an execution costs where the Worker that serves the caller owns the Loader, and all that a pool of processes can add to.
 */
export async function startInProcess(): Promise<InProcess> {
  const guardian = startGuardian();
  const secret = "bench";
  const config = sandboxConfig(DEFAULT_LIMITS, secret, "127.0.0.1:0");
  const workerd = await startWorkerd({
    config,
    importPath: join(ROOT, "dist"),
    socket: "sandbox",
    environment: {},
    guardian,
    onLine: () => {},
  });
  const socket = new WebSocket(`ws://127.0.0.1:${workerd.port}/`, { headers: { [SECRET_HEADER]: secret }, perMessageDeflate: false });
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  const host = newWebSocketRpcSession(socket as never) as unknown as {
    run(job: SandboxJob, bridge: NoBridge): Promise<SandboxOutcome>;
  };
  return {
    run: (value) => host.run({ module: `export default async () => ${value};`, namespaces: {}, limits: DEFAULT_LIMITS }, new NoBridge()),
    async stop() {
      await workerd.kill();
      guardian.close();
    },
  };
}
