import { env } from "cloudflare:workers";
import { buildCatalog } from "../../src/catalog/catalog.ts";
import type { Catalog } from "../../src/catalog/catalog.ts";
import type { Execution } from "../../src/core/execution.ts";
import { DEFAULT_LIMITS } from "../../src/core/limits.ts";
import type { Limits } from "../../src/core/limits.ts";
import type { Relay } from "../../src/core/relay.ts";
import type { Tool } from "../../src/core/tool.ts";
import type { Learning } from "../../src/execute/learning.ts";
import type { CallUpstream } from "../../src/execute/tool-calls.ts";
import { execute } from "../../src/execute/execute.ts";
import type { Offered } from "../../src/execute/offer-calls.ts";
import type { KeptResults } from "../../src/execute/kept-results.ts";
import { CHECKER_BUNDLE, CHECKER_HASH } from "../../src/program/bundle.ts";
import { Checker } from "../../src/program/check.ts";
import { DynamicWorkerExecutor } from "../../src/sandbox/dynamic-worker.ts";
import { keptInMemory } from "./kept-results.ts";
import { offeredBy } from "./scripted-offers.ts";
import type { ScriptedOffers } from "./scripted-offers.ts";
import { SILENT_RELAY } from "./silent-relay.ts";

declare global {
  namespace Cloudflare {
    interface Env {
      LOADER: WorkerLoader;
    }
  }
}

/** Scripted upstreams: what each tool answers, by the tool's name or by `key/name`. */
export type Script = Readonly<Record<string, (args: Record<string, unknown>, signal: AbortSignal, relay: Relay) => unknown>>;

export interface RunOptions {
  readonly script?: Script;
  /** What the upstreams list, by configured key. Without it there is one, `peer`, with a plain tool for each of the script's. */
  readonly upstreams?: Readonly<Record<string, readonly Tool[]>>;
  /** What they have besides tools, by configured key. */
  readonly offers?: Readonly<Record<string, ScriptedOffers>>;
  readonly features?: Offered["features"];
  readonly limits?: Partial<Limits>;
  readonly learning?: Learning;
  /** "off" unless set: most programs of the tests are wrong on purpose, to see what then happens. */
  readonly checking?: "off" | "warn" | "error";
  readonly signal?: AbortSignal;
  readonly relay?: Relay;
  /** Where results are kept, for a later program. */
  readonly results?: KeptResults;
}

const checker = new Checker(env.LOADER, CHECKER_BUNDLE, CHECKER_HASH);
const executor = new DynamicWorkerExecutor(env.LOADER);

const catalogs = new WeakMap<object, Catalog>();

function catalogOf(upstreams: NonNullable<RunOptions["upstreams"]>): Catalog {
  const known = catalogs.get(upstreams);
  const catalog = known ?? buildCatalog(Object.entries(upstreams).map(([key, tools]) => ({ key, status: "ready", tools, skipped: [] })));
  catalogs.set(upstreams, catalog);
  return catalog;
}

/** Runs a program in a real sandbox against one upstream, `peer`, or those given, whose tools answer as scripted. */
export async function runProgram(source: string, options: RunOptions = {}): Promise<Execution & { readonly calls: readonly unknown[] }> {
  const { script = {}, limits = {}, checking = "off", signal = new AbortController().signal, relay = SILENT_RELAY } = options;
  const { upstreams = { peer: Object.keys(script).map((name) => ({ name, inputSchema: { type: "object" } })) } } = options;
  const catalog = catalogOf(upstreams);
  const calls: unknown[] = [];
  const callUpstream: CallUpstream = async (key, tool, args, context) => {
    calls.push({ tool: tool.name, args });
    return (await (script[`${key}/${tool.name}`] ?? script[tool.name])?.(args, context.signal, context.relay)) as Awaited<
      ReturnType<CallUpstream>
    >;
  };
  const faults: string[] = [];
  const { results = keptInMemory(limits) } = options;
  const execution = await execute(
    source,
    {
      prepare: (text) => checker.prepare(text),
      check: (text, namespaces) => checker.check(text, namespaces, { ...DEFAULT_LIMITS, ...limits }.checkSteps),
      checking,
      executor,
      catalog: () => catalog,
      callUpstream,
      rereadUpstream: async () => undefined,
      approve: async () => undefined,
      signIn: async () => undefined,
      offered: offeredBy(options.offers ?? {}, calls, options.features),
      ...(options.learning !== undefined && { learning: options.learning }),
      results,
      limits: { ...DEFAULT_LIMITS, ...limits },
      log: (line) => faults.push(line),
    },
    { signal, relay },
  );
  if (execution.outcome.kind === "fault") throw new Error(`the sandbox broke: ${faults.join("; ")}`);
  return { ...execution, calls };
}

/** The text that a program returned. Throws with the outcome if it did not return. */
export async function returned(source: string, options?: RunOptions): Promise<string> {
  const { outcome } = await runProgram(source, options);
  if (outcome.kind !== "returned") throw new Error(JSON.stringify(outcome));
  return outcome.text;
}

export function textResult(text: string): { content: { type: "text"; text: string }[] } {
  return { content: [{ type: "text", text }] };
}
