/** The tool that innocent programs call, and nobody else. */
export const INNOCENT_TOOL = "innocent";

/** A program that does what programs do: calls, waits, computes, prints. It would notice what another one left in its sandbox. */
export function innocentProgram(n: number): string {
  return `
    const first = await peer.${INNOCENT_TOOL}({ n: ${n} });
    await new Promise((resolve) => setTimeout(resolve, 5));
    const second = await peer.${INNOCENT_TOOL}({ n: ${n + 1} });
    console.log("sum", first.n + second.n);
    return { first: first.n, second: second.n, left: [({}).polluted, typeof evil, [].polluted], names: Object.keys(codemode) };
  `;
}

/** The content blocks that a caller reads of it. */
export function innocentAnswer(n: number): string[] {
  const value = {
    first: n,
    second: n + 1,
    left: [null, "undefined", null],
    names: ["raw", "search", "describe", "namespaces", "emit", "result", "resources", "prompts"],
  };
  return [JSON.stringify(value), `Console:\nsum ${n + n + 1}`];
}
