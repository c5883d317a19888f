import { clip, quote } from "../catalog/comment.ts";
import { propertyName } from "../catalog/print-type.ts";
import { namespaceNamed } from "../catalog/unknown.ts";
import { readName } from "../core/address.ts";
import { CodemodeError } from "../core/errors.ts";
import type { Features, ListedItem } from "../core/features.ts";
import type { Limits } from "../core/limits.ts";
import { errorOf, failed, resultJson, succeeded } from "./answers.ts";
import { choices } from "./choices.ts";
import type { LiveCatalog } from "./live-catalog.ts";
import { readOfferRequest } from "./offer-requests.ts";
import type { OfferRequest, ReadOfferRequest } from "./offer-requests.ts";
import type { Outgoing, OutgoingCall } from "./outgoing.ts";
import type { Prompts } from "./prompts.ts";
import type { Resources } from "./resources.ts";
import type { ResultShapes } from "./result-shapes.ts";

/** What a program can reach besides tools. */
export interface Offered {
  readonly features: Pick<Features, "resources" | "prompts">;
  readonly resources: Resources;
  readonly prompts: Prompts;
}

export interface OfferCallsDeps {
  readonly offered: Offered;
  readonly limits: Pick<Limits, "callResultBytes">;
  readonly shapes: ResultShapes;
}

/** Of a prompt's arguments, as many as an error has room for. */
const MAX_ARGUMENTS = 10;
const MAX_NAME_CHARS = 60;

/** What the program of one execution asks of `codemode.resources` and `codemode.prompts`: each request is a call like those of tools. */
export class OfferCalls {
  readonly #deps: OfferCallsDeps;
  readonly #live: LiveCatalog;
  readonly #outgoing: Outgoing;

  constructor(deps: OfferCallsDeps, live: LiveCatalog, outgoing: Outgoing) {
    this.#deps = deps;
    this.#live = live;
    this.#outgoing = outgoing;
  }

  /** The answer to the harness as JSON text. Never rejects. */
  async call(request: OfferRequest): Promise<string> {
    const { offered, limits, shapes } = this.#deps;
    const name = `codemode.${request.op}`;
    try {
      const read = readOfferRequest(request, offered.features);
      const value = await this.#send(name, read);
      shapes.remember(name, value);
      return succeeded(resultJson(value, limits.callResultBytes));
    } catch (error) {
      const { code, message } = errorOf(error);
      const said = message.startsWith(name) ? message : `${name}: ${message}`;
      return failed({ code, message: said, namespace: "codemode", tool: request.op });
    }
  }

  async #send(name: string, request: ReadOfferRequest): Promise<unknown> {
    const call = this.#outgoing.begin(name);
    try {
      const value = await call.inTurn(() => this.#answer(request, call));
      call.end("ok");
      return value;
    } catch (error) {
      call.end(this.#outgoing.failure);
      throw error;
    }
  }

  async #answer(request: ReadOfferRequest, { context, goesTo }: OutgoingCall): Promise<unknown> {
    const { resources, prompts } = this.#deps.offered;
    switch (request.op) {
      case "resources.read": {
        const { uri } = request;
        return this.#orInstead(
          async () => {
            const at = await resources.find(uri, context);
            goesTo(namespaceNamed(this.#live.now(), at.namespace).name);
            return resources.read(uri, context, at);
          },
          async () => {
            const there = await resources.insteadOf(uri, context);
            return there && choices(uri, there, "codemode.resources.list() and .templates() have all.");
          },
        );
      }
      case "prompts.get": {
        const { name, args } = request;
        return this.#orInstead(
          async () => {
            const at = await prompts.find(name, context);
            goesTo(namespaceNamed(this.#live.now(), at.namespace).name);
            return prompts.get(name, args, context, at);
          },
          async () => {
            const there = await prompts.around(name, context);
            const [known, ...others] = there.filter((prompt) => prompt["name"] === name || readName(String(prompt["name"]))?.own === name);
            if (known !== undefined) return others.length === 0 ? `It is ${usageOf(known)}.` : undefined;
            const names = there.map((prompt) => String(prompt["name"]));
            return choices(name, names, "codemode.prompts.list() has all.");
          },
        );
      }
      default: {
        const { op, namespace } = request;
        if (namespace !== undefined) goesTo(namespaceNamed(this.#live.now(), namespace).name);
        const scope = { context, namespace };
        if (op === "prompts.list") return prompts.list(scope);
        return op === "resources.list" ? resources.list(scope) : resources.templates(scope);
      }
    }
  }

  /** What was asked wrongly fails with what there is instead, if anything can be said of it. */
  async #orInstead(send: () => Promise<unknown>, instead: () => Promise<string | undefined>): Promise<unknown> {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof CodemodeError) || !BLAMES_THE_PROGRAM.has(error.code)) throw error;
      const remedy = await instead().catch(() => undefined);
      throw remedy === undefined ? error : new CodemodeError(error.code, error.message, { remedy, cause: error });
    }
  }
}

/** Servers say by an error that they do not have what is asked for. */
const BLAMES_THE_PROGRAM: ReadonlySet<string> = new Set<CodemodeError["code"]>(["tool_arguments", "tool_failed"]);

/** `codemode.prompts.get("weather.report", { city, unit? })`: MCP lets a prompt take texts alone. */
function usageOf({ name, arguments: listed }: ListedItem): string {
  const args = Array.isArray(listed) ? (listed as { name: string; required?: boolean }[]) : [];
  const members = args
    .slice(0, MAX_ARGUMENTS)
    .map((arg) => propertyName(clip(arg.name, MAX_NAME_CHARS)) + (arg.required === true ? "" : "?"));
  if (args.length > MAX_ARGUMENTS) members.push("…");
  const taken = members.length === 0 ? "" : `, { ${members.join(", ")} }`;
  return `codemode.prompts.get(${quote(clip(String(name), MAX_NAME_CHARS * 2))}${taken})`;
}
