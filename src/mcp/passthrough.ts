import { isSpecType, ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import type { CallToolResult, ContentBlock, ProtocolEra, Tool } from "@modelcontextprotocol/server";
import type { Catalog, CatalogTool } from "../catalog/catalog.ts";
import { closest } from "../catalog/closest.ts";
import { exceedsBytes } from "../core/bytes.ts";
import { CodemodeError } from "../core/errors.ts";
import type { Limits } from "../core/limits.ts";
import { forwardableMeta } from "../core/meta.ts";
import type { CallContext } from "../core/relay.ts";
import { exposedNames } from "./exposed-names.ts";
import { exposedTool } from "./exposed-tool.ts";
import { checkParameterHeaders } from "./parameter-headers.ts";
import { missingCapability, ownCode } from "./protocol-error.ts";
import { EXECUTE_TOOL } from "./tool.ts";

export interface PassthroughDeps {
  /** The configured keys of the upstreams that are passed through. */
  readonly upstreams: ReadonlySet<string>;
  /** The catalog once every upstream has answered or had its time. */
  readonly catalog: () => Promise<Catalog>;
  /** Calls the tool if the policy allows it; rejects with CodemodeError. `name` is the caller's. */
  readonly call: (tool: CatalogTool, args: Record<string, unknown>, context: CallContext, name: string) => Promise<CallToolResult>;
  readonly limits: Limits;
}

/** What a call needs of the caller's request. */
export interface PassthroughRequest extends CallContext {
  /** Writes a result in the way of the caller's revision: before 2026-07-28 structured content is an object, whatever the schema says. */
  readonly project: (result: CallToolResult, outputSchema: Tool["outputSchema"]) => CallToolResult;
  readonly era: ProtocolEra;
}

/** The tools of upstreams with `"passthrough": true`, offered one by one beside `execute_code`. Arguments and results go through as they are. */
export class Passthrough {
  readonly #deps: PassthroughDeps;
  /** What callers were last shown, as far as they were shown anything. */
  #shown: string | undefined;

  constructor(deps: PassthroughDeps) {
    this.#deps = deps;
  }

  /** In the order of the catalog: the same catalog gives the same list. */
  async tools(): Promise<Tool[]> {
    const tools = this.#definitions(await this.#deps.catalog());
    this.#shown = JSON.stringify(tools);
    return tools;
  }

  /** Whether a caller that has seen the list would now see another one. What is new counts as shown. */
  changed(catalog: Catalog): boolean {
    if (this.#shown === undefined) return false;
    const before = this.#shown;
    this.#shown = JSON.stringify(this.#definitions(catalog));
    return this.#shown !== before;
  }

  /** 2026-07-28 over HTTP: throws ProtocolError if the headers of the call do not say what its arguments say. */
  async checkHeaders(name: string, args: Record<string, unknown>, headers: Headers): Promise<void> {
    if (this.#deps.upstreams.size === 0) return;
    const found = this.#exposed(await this.#deps.catalog()).get(name);
    if (found !== undefined) checkParameterHeaders(found.tool.inputSchema, args, headers);
  }

  /**
   * Calls the tool of this name. Throws ProtocolError for a name that does not exist, for what the upstream itself answered with one, and, since
   * 2026-07-28, if the caller cannot be asked what it has to be; every other failure is a result with `isError`, which the model reads.
   */
  async call(name: string, args: Record<string, unknown>, { project, era, ...context }: PassthroughRequest): Promise<CallToolResult> {
    const exposed = this.#exposed(await this.#deps.catalog());
    const found = exposed.get(name);
    if (found === undefined) throw unknownName(name, exposed);
    const { argumentBytes, callResultBytes } = this.#deps.limits;
    if (exceedsBytes(JSON.stringify(args), argumentBytes))
      return failure(`${name}: the arguments are larger than argumentBytes = ${argumentBytes}`);
    try {
      const { outputSchema } = exposedTool(name, found);
      const result = project(sendable(await this.#deps.call(found, args, context, name)), outputSchema);
      if (!exceedsBytes(JSON.stringify(result), callResultBytes)) return result;
      return failure(`${name}: the result is larger than callResultBytes = ${callResultBytes}; ask for less at once`);
    } catch (error) {
      if (!(error instanceof CodemodeError)) throw error;
      const missing = era === "modern" ? missingCapability(error, context.relay.askable) : undefined;
      if (missing !== undefined) throw missing;
      const code = ownCode(error);
      if (code !== undefined) throw new ProtocolError(code, error.message);
      return failure(`${name}: ${error.message}${error.remedy === undefined ? "" : `. ${error.remedy}`}`);
    }
  }

  #exposed(catalog: Catalog): Map<string, CatalogTool> {
    const { upstreams } = this.#deps;
    return exposedNames(catalog.namespaces.filter(({ upstream }) => upstreams.has(upstream)).flatMap(({ tools }) => tools));
  }

  #definitions(catalog: Catalog): Tool[] {
    return Array.from(this.#exposed(catalog), ([name, tool]) => exposedTool(name, tool));
  }
}

/** The result without what concerns the upstream and us alone. A block of no known type would cost the caller the whole result: it becomes text. */
function sendable({ content, structuredContent, isError, _meta }: CallToolResult): CallToolResult {
  const blocks = content.map((block): ContentBlock => {
    if (!isSpecType.ContentBlock(block)) return { type: "text", text: JSON.stringify(block) };
    const { _meta: meta } = block;
    return meta === undefined ? block : { ...block, _meta: forwardableMeta(meta) };
  });
  return {
    content: blocks,
    ...(structuredContent !== undefined && { structuredContent }),
    ...(isError !== undefined && { isError }),
    ...(_meta !== undefined && { _meta: forwardableMeta(_meta) }),
  };
}

function failure(text: string): CallToolResult {
  return { isError: true, content: [{ type: "text", text }] };
}

const MAX_NAME_CHARS = 80;

function unknownName(name: string, exposed: ReadonlyMap<string, CatalogTool>): ProtocolError {
  const said = `Unknown tool ${JSON.stringify(name.slice(0, MAX_NAME_CHARS))}.`;
  if (exposed.size === 0) return new ProtocolError(ProtocolErrorCode.InvalidParams, `${said} The only tool is ${EXECUTE_TOOL}.`);
  // The upstream's own name of a tool that had to be given another one.
  const renamed = [...exposed].filter(([, { tool }]) => tool.name === name).map(([other]) => other);
  const near = renamed.length > 0 ? renamed : closest(name, [EXECUTE_TOOL, ...exposed.keys()], 3);
  const hint =
    near.length === 0
      ? `Besides ${EXECUTE_TOOL} there are ${exposed.size} tools: see tools/list.`
      : `Did you mean ${near.slice(0, 5).join(" or ")}?`;
  return new ProtocolError(ProtocolErrorCode.InvalidParams, `${said} ${hint}`);
}
