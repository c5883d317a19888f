import { clip, quote } from "../catalog/comment.ts";
import { CodemodeError } from "../core/errors.ts";
import type { Features } from "../core/features.ts";
import { isRecord } from "../core/record.ts";

/** What a program asks about resources and prompts. Everything but `op` is as the program gave it. */
export type OfferRequest =
  | { readonly op: "resources.list" | "resources.templates" | "prompts.list"; readonly namespace?: unknown }
  | { readonly op: "resources.read"; readonly uri?: unknown }
  | { readonly op: "prompts.get"; readonly name?: unknown; readonly args?: unknown };

/** The same, with what the methods take. */
export type ReadOfferRequest =
  | { readonly op: "resources.list" | "resources.templates" | "prompts.list"; readonly namespace: string | undefined }
  | { readonly op: "resources.read"; readonly uri: string }
  | { readonly op: "prompts.get"; readonly name: string; readonly args: Readonly<Record<string, string>> | undefined };

const USAGE: Readonly<Record<OfferRequest["op"], string>> = {
  "resources.list": "codemode.resources.list(namespace?)",
  "resources.templates": "codemode.resources.templates(namespace?)",
  "resources.read": "codemode.resources.read(uri)",
  "prompts.list": "codemode.prompts.list(namespace?)",
  "prompts.get": "codemode.prompts.get(name, args?)",
};

export function isOfferOp(op: unknown): op is OfferRequest["op"] {
  return typeof op === "string" && Object.hasOwn(USAGE, op);
}

/** @throws CodemodeError `tool_arguments` for arguments that are none, `tool_unknown` for what is switched off. */
export function readOfferRequest(request: OfferRequest, features: Pick<Features, "resources" | "prompts">): ReadOfferRequest {
  const refuse = (what: string): never => {
    throw new CodemodeError("tool_arguments", `${USAGE[request.op]}: ${what}`);
  };
  const feature = request.op.startsWith("resources") ? "resources" : "prompts";
  if (!features[feature]) {
    throw new CodemodeError("tool_unknown", `${USAGE[request.op]}: ${feature} are switched off here`, {
      remedy: `The owner can set features.${feature} to true in the configuration.`,
    });
  }
  switch (request.op) {
    case "resources.read": {
      const { op, uri } = request;
      return typeof uri === "string" ? { op, uri } : refuse('uri is a text such as "codemode://server/file:///notes.txt"');
    }
    case "prompts.get": {
      const { op, name, args } = request;
      if (typeof name !== "string") return refuse('name is a text such as "server.prompt"');
      return { op, name, args: isAbsent(args) ? undefined : isTexts(args) ? args : refuse(whatIsNoText(args)) };
    }
    default: {
      const { op, namespace } = request;
      if (isAbsent(namespace)) return { op, namespace: undefined };
      return typeof namespace === "string" ? { op, namespace } : refuse("namespace is a text, the name of a server");
    }
  }
}

/** JSON has no `undefined`. */
function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** All that MCP lets a prompt take. */
function isTexts(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((each) => typeof each === "string");
}

function whatIsNoText(args: unknown): string {
  const [wrong] = isRecord(args) ? Object.entries(args).filter(([, value]) => typeof value !== "string") : [];
  const which = wrong === undefined ? "" : `: ${quote(clip(wrong[0], 80))} is ${kindOf(wrong[1])}`;
  return `args is one object of texts${which}`;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}
