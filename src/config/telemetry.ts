import * as z from "zod";
import { CodemodeError } from "../core/errors.ts";
import { resolveReferences } from "./env-references.ts";
import type { Environment } from "./env-references.ts";
import { headerValueProblem, urlProblem } from "./http-checks.ts";
import { keyPath } from "./key-path.ts";
import { headerName, text } from "./text-schema.ts";

/** Where spans are sent. */
export const telemetry = z
  .strictObject({
    endpoint: text(urlProblem).meta({
      description:
        "The base address of an OpenTelemetry collector (OTLP over HTTP); spans go to `/v1/traces` below it. May hold references.",
      examples: ["http://localhost:4318"],
    }),
    headers: z
      .record(headerName, text(headerValueProblem))
      .default({})
      .describe("Headers for it. Keep secrets out of the file: write a reference."),
  })
  .describe("Sends a span of each execution and each call to a collector. Without it, OTEL_EXPORTER_OTLP_ENDPOINT does, if it is set.");

export type TelemetryInput = z.output<typeof telemetry>;

/** Where spans are sent, ready for use. */
export interface Telemetry {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the standard of OpenTelemetry has programs read. */
export const TELEMETRY_VARIABLES = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS"] as const;

/** By the configuration, else by the standard's variables, or undefined. Throws `CodemodeError("config")`. */
export function resolveTelemetry(input: TelemetryInput | undefined, env: Environment): Telemetry | undefined {
  if (input === undefined) return fromEnvironment(env);
  const at = (...path: string[]) => keyPath(["telemetry", ...path]);
  const resolve = (value: string, path: string, problemOf: (text: string) => string | undefined) =>
    checked(resolveReferences(value, path, env).trim(), path, problemOf);
  return {
    url: tracesUrl(resolve(input.endpoint, at("endpoint"), urlProblem)),
    headers: Object.fromEntries(
      Object.entries(input.headers).map(([name, value]) => [name, resolve(value, at("headers", name), headerValueProblem)]),
    ),
  };
}

function fromEnvironment(env: Environment): Telemetry | undefined {
  const [endpointName, headersName] = TELEMETRY_VARIABLES;
  const endpoint = env(endpointName)?.trim();
  if (endpoint === undefined || endpoint === "") return undefined;
  // `key=value,key=value`, each percent-encoded.
  const headers = (env(headersName) ?? "").split(",").flatMap((pair) => {
    const [name = "", ...value] = pair.split("=");
    if (name.trim() === "") return [];
    return [[name.trim(), checked(decoded(value.join("=").trim()), headersName, headerValueProblem)]];
  });
  return { url: tracesUrl(checked(endpoint, endpointName, urlProblem)), headers: Object.fromEntries(headers) as Record<string, string> };
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function checked(value: string, path: string, problemOf: (text: string) => string | undefined): string {
  const problem = problemOf(value);
  if (problem === undefined) return value;
  throw new CodemodeError("config", `${path}: ${problem}`, { remedy: "Check the variables that it refers to." });
}

function tracesUrl(endpoint: string): string {
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/$/, "")}/v1/traces`;
  return url.href;
}
