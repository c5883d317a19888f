import type { Call } from "./upstreams.ts";

/** What one tool asks, one after the other. */
export type Asked = readonly (readonly [method: string, params?: object])[];

/**
 * Asks all of `asked` one after the other, as a server of either era does, and resolves with the answers; or with what a server of 2026-07-28
 * has to answer with meanwhile.
 */
export async function askInTurn(call: Call, asked: Asked, era: "legacy" | "modern"): Promise<{ answers: unknown[] } | { result: object }> {
  if (era === "legacy") {
    const answers: unknown[] = [];
    for (const [method, params] of asked) answers.push(await call.ask(method, params));
    return { answers };
  }
  const answers = [...(JSON.parse(call.state ?? "[]") as unknown[]), ...Object.values(call.answers)];
  const next = asked[answers.length];
  if (next === undefined) return { answers };
  const [method, params] = next;
  const inputRequests = { only: { method, ...(params !== undefined && { params }) } };
  return { result: { resultType: "input_required", inputRequests, requestState: JSON.stringify(answers) } };
}

/** A form with one text field. */
export function form(message: string): object {
  return { message, requestedSchema: { type: "object", properties: { value: { type: "string" } }, required: ["value"] } };
}

/** What a model is asked. */
export function prompt(text: string): object {
  return { messages: [{ role: "user", content: { type: "text", text } }], maxTokens: 10 };
}
