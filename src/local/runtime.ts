import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { resolveDoorSecrets } from "../config/door-secrets.ts";
import { withFolders } from "../config/env-references.ts";
import { referencedNames } from "../config/referenced-names.ts";
import { resolveTelemetry, TELEMETRY_VARIABLES } from "../config/telemetry.ts";
import { CodemodeError } from "../core/errors.ts";
import { auditAnswer } from "./audit-files.ts";
import { findArtifacts } from "./artifacts.ts";
import { CredentialFiles } from "./credentials.ts";
import { startGuardian } from "./guardian.ts";
import { startLoopback } from "./loopback.ts";
import type { Answer } from "./loopback.ts";
import { startSandboxPool } from "./sandbox-pool.ts";
import { sandboxStarter } from "./sandbox-starter.ts";
import type { Setup } from "./setup.ts";
import { keyIn, makeStateFolder, stateFolder } from "./state-folder.ts";
import { startStdioUpstreams } from "./stdio-upstream.ts";
import { startWorkerd, type Workerd } from "./workerd.ts";
import { BINDING_NAMES, workerdConfig, type WorkerdConfigOptions } from "./workerd-config.ts";

/** The Worker on workerd with its stdio upstreams. */
export interface Runtime {
  /** Where its socket listens on 127.0.0.1. */
  readonly port: number;
  /** How workerd ended, whoever ended it. */
  readonly ended: Promise<string>;
  /** Ends workerd and all children and removes what was stored. Never rejects. */
  end(): Promise<void>;
}

/** Starts everything, the children at the same time as workerd. Throws `CodemodeError` with nothing left behind. */
export async function startRuntime(setup: Setup, socket: WorkerdConfigOptions["socket"]): Promise<Runtime> {
  const { config, configText, folder } = setup;
  const artifacts = findArtifacts();
  const connections = connectionState(setup);
  const environment = { ...workerEnvironment(setup), ...connections.environment };
  const guardian = startGuardian();
  const storage = join(guardian.folder, "storage");
  mkdirSync(storage);

  const upstreams = config.upstreams.filter((upstream) => upstream.kind === "stdio");
  const log = (line: string) => void process.stderr.write(`${line}\n`);
  const stdio = startStdioUpstreams({ upstreams, folder, environment: setup.environment, guardian, log });
  const sandboxes = startSandboxPool({
    limits: config.limits,
    start: sandboxStarter({ importPath: artifacts.folder, limits: config.limits, guardian, log }),
    log,
  });
  const origin = Promise.withResolvers<string>();
  const originAnswer: Answer = (path) => (path === "/origin" ? origin.promise.then((text) => ({ status: 200, text })) : undefined);
  const audit = auditAnswer(stateFolder(setup.environment), config.limits, log);
  const loopback = await startLoopback([stdio.route, sandboxes.route], [originAnswer, audit, ...connections.answers]);
  const end = async (workerd?: Workerd) => {
    await Promise.all([workerd?.kill(), stdio.close(), sandboxes.close()]);
    loopback.close();
    guardian.close();
  };
  // `stdio` has no port that a browser could be sent to.
  const connect = connections.answers.length > 0 && socket.name === "front";
  try {
    const workerd = await startWorkerd({
      config: workerdConfig({ artifacts, configText, variables: Object.keys(environment), storage, loopback, socket, connect }),
      importPath: artifacts.folder,
      socket: socket.name,
      ...(connect && { second: "connect" }),
      environment,
      guardian,
    });
    origin.resolve(`http://127.0.0.1:${workerd.secondPort ?? workerd.port}`);
    return { port: workerd.port, ended: workerd.ended, end: () => end(workerd) };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Where the credentials of upstreams with OAuth are, and the key to them. Nothing is made for a configuration without any. */
function connectionState({ config, environment }: Setup): { environment: Record<string, string>; answers: readonly Answer[] } {
  if (!config.upstreams.some((upstream) => upstream.kind === "http" && upstream.oauth !== undefined))
    return { environment: {}, answers: [] };
  const folder = makeStateFolder(environment);
  const { CODEMODE_KEY: key = keyIn(folder), CODEMODE_KEY_PREVIOUS: previous } = environment;
  const keys = { CODEMODE_KEY: key, ...(previous !== undefined && { CODEMODE_KEY_PREVIOUS: previous }) };
  return { environment: keys, answers: [new CredentialFiles(folder).answer] };
}

/** All that the Worker learns of our environment: the owner's token, and what the door and the HTTP upstreams refer to. */
function workerEnvironment({ config, folder, environment }: Setup): Record<string, string> {
  const names = referencedNames(config);
  const taken = BINDING_NAMES.find((name) => names.has(name));
  if (taken !== undefined) {
    throw new CodemodeError(
      "config",
      `The configuration refers to the environment variable ${taken}, a name that the Worker uses itself.`,
      {
        remedy: "Give the variable another name.",
      },
    );
  }
  const lookup = withFolders((name) => environment[name], { userHome: homedir(), workspaceFolder: folder });
  // A door that cannot open is worth a refusal to start, with the key path.
  resolveDoorSecrets(config, lookup);
  resolveTelemetry(config.telemetry, lookup);
  for (const name of TELEMETRY_VARIABLES) if (config.telemetry === undefined) names.add(name);
  const found = [...names.add("AUTH_TOKEN")].flatMap((name) => {
    const value = lookup(name);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(found) as Record<string, string>;
}
