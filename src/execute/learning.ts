import type { LearnedOf } from "../catalog/catalog.ts";
import { learnedType, mergeShapes, shapeOf } from "../catalog/learned.ts";
import type { Shape } from "../catalog/learned.ts";
import { partsOf } from "../catalog/type-tree.ts";
import type { Type } from "../catalog/type-tree.ts";
import { fingerprint } from "../core/fingerprint.ts";
import type { Limits } from "../core/limits.ts";
import type { Tool } from "../core/tool.ts";

/** What has been learned of the results of one tool. */
export interface LearnedTool {
  /** The configured key of the upstream, and the tool's own name there. */
  readonly upstream: string;
  readonly tool: string;
  /** Stands for the definition that the tool had: one with another definition is another tool. */
  readonly definition: string;
  readonly shape: Shape;
  /** How many results it was learned from, up to as many as matter. */
  readonly results: number;
}

/** Where it outlives a restart. */
export interface LearnedStore {
  /** Longest unchanged first. */
  all(): LearnedTool[];
  save(learned: LearnedTool): void;
  delete(upstream: string, tool: string): void;
}

/** A type for a program to read, and one for the description, which many conversations pay for. */
const MAX_NODES = { whole: 300, short: 24 };
/** One odd result must not shape the description. */
const ENOUGH_RESULTS = 3;
/** The longest that prompt caches keep a description that nobody asks for. */
const QUIET_MS = 3_600_000;

/**
 * The types of results of tools that promise none, learned from what they gave. Only structure is kept, never a value. What is learned is known to
 * programs at once. The description takes it over when nobody has asked for it for an hour, so that it stays the same for as long as somebody may have
 * it in a cache.
 */
export class Learning {
  readonly #store: LearnedStore;
  readonly #maxTools: number;
  /** Upstream -> tool -> what is known of it, longest unchanged first. */
  readonly #known = new Map<string, Map<string, LearnedTool>>();
  #settled: LearnedOf;
  #askedAt = Number.NEGATIVE_INFINITY;
  #changed = false;

  constructor(store: LearnedStore, { learnedTools }: Pick<Limits, "learnedTools">) {
    this.#store = store;
    this.#maxTools = learnedTools;
    for (const learned of store.all()) this.#toolsOf(learned.upstream).set(learned.tool, learned);
    this.#settled = this.#snapshot();
  }

  /** `value` is what a successful call was worth to the program. */
  learn(upstream: string, tool: Tool, value: unknown): void {
    if (tool.outputSchema !== undefined) return;
    const shape = shapeOf(value);
    if (shape === undefined) return;
    const definition = definitionOf(tool);
    const known = this.#toolsOf(upstream).get(tool.name);
    const before = known?.definition === definition ? known : undefined;
    const merged = mergeShapes(before?.shape ?? shape, shape);
    const results = Math.min((before?.results ?? 0) + 1, ENOUGH_RESULTS);
    if (before?.results === results && JSON.stringify(before.shape) === JSON.stringify(merged)) return;
    this.#keep({ upstream, tool: tool.name, definition, shape: merged, results });
  }

  /** As much as is known now, for who asks for a tool. */
  typeOf(upstream: string, tool: Tool): Type | undefined {
    const learned = find(this.#known, upstream, tool);
    return learned === undefined ? undefined : telling(learnedType(learned.shape, MAX_NODES.whole));
  }

  /** What the description may tell: what was seen often enough, and of that the outside. Another function when it tells something else. */
  settled(): LearnedOf {
    return this.#settled;
  }

  /** To be called whenever somebody asks for the description, with the time in ms. Whether there is something new in `settled`. */
  asked(now: number): boolean {
    const quiet = now - this.#askedAt >= QUIET_MS;
    this.#askedAt = now;
    if (!quiet || !this.#changed) return false;
    this.#settled = this.#snapshot();
    return true;
  }

  #snapshot(): LearnedOf {
    this.#changed = false;
    const tools = new Map(Array.from(this.#known, ([upstream, learned]) => [upstream, new Map(learned)]));
    return (upstream, tool) => {
      const learned = find(tools, upstream, tool);
      if (learned === undefined || learned.results < ENOUGH_RESULTS) return undefined;
      const type = telling(learnedType(learned.shape, MAX_NODES.short));
      return type !== undefined && isContent(type) ? undefined : type;
    };
  }

  #keep(learned: LearnedTool): void {
    this.#changed = true;
    const tools = this.#toolsOf(learned.upstream);
    tools.delete(learned.tool);
    tools.set(learned.tool, learned);
    this.#store.save(learned);
    const [oldest] = tools.keys();
    if (tools.size <= this.#maxTools || oldest === undefined) return;
    tools.delete(oldest);
    this.#store.delete(learned.upstream, oldest);
  }

  #toolsOf(upstream: string): Map<string, LearnedTool> {
    const tools = this.#known.get(upstream) ?? new Map<string, LearnedTool>();
    this.#known.set(upstream, tools);
    return tools;
  }
}

function find(tools: ReadonlyMap<string, ReadonlyMap<string, LearnedTool>>, upstream: string, tool: Tool): LearnedTool | undefined {
  if (tool.outputSchema !== undefined) return undefined;
  const learned = tools.get(upstream)?.get(tool.name);
  return learned?.definition === definitionOf(tool) ? learned : undefined;
}

/** `any` is what is said of a tool of which nothing is known. */
function telling(type: Type): Type | undefined {
  return type.kind === "any" ? undefined : type;
}

/** A tool that gives texts, some of which are JSON, passes on what others wrote: their names of properties have no place in a description. */
function isContent(type: Type): boolean {
  const parts = partsOf(type);
  return parts.length > 1 && parts.some((part) => part.kind === "primitive" && part.name === "string");
}

const definitions = new WeakMap<Tool, string>();

function definitionOf(tool: Tool): string {
  const made = definitions.get(tool) ?? fingerprint(JSON.stringify([tool.description ?? "", tool.inputSchema]));
  definitions.set(tool, made);
  return made;
}
