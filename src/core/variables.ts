/** An environment variable or secret among the Worker's bindings. */
export function readVariable(env: object, name: string): string | undefined {
  const value = Object.hasOwn(env, name) ? (env as Record<string, unknown>)[name] : undefined;
  return typeof value === "string" ? value : undefined;
}
