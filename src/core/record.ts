/** Whether this is an object with members: neither null nor an array. What its members are is not said. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
