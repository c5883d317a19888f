import { compile } from "./compile.ts";
import { convert } from "./convert.ts";

export interface Values {
  readonly schema: unknown;
  readonly values: readonly unknown[];
}

export interface Verdicts {
  /** For each case and each of its values, whether TypeScript takes the value for the type of the schema. */
  readonly accepted: readonly (readonly boolean[])[];
  /** What is wrong with the types themselves. */
  readonly broken: readonly string[];
}

/** Every value as a literal argument of a function that takes the type of its schema, all in one program, a line each. */
export function verdictsOf(cases: readonly Values[]): Verdicts {
  const declarations: string[] = [];
  const lines: string[] = [];
  const starts = cases.map(({ schema, values }, index) => {
    const { type, named } = convert(schema, `C${index}_`);
    for (const [name, text] of Object.entries(named)) declarations.push(`type ${name} = ${text};`);
    declarations.push(`declare const c${index}: (value: ${type}) => void;`);
    const start = lines.length;
    for (const value of values) lines.push(`c${index}(${literal(value)});`);
    return start;
  });
  const findings = compile({ "/types.d.ts": `${declarations.join("\n")}\n`, "/values.ts": lines.join("\n") });
  const refused = new Set(findings.filter(({ file }) => file === "/values.ts").map(({ line }) => line));
  return {
    accepted: cases.map(({ values }, index) => values.map((_, offset) => !refused.has((starts[index] ?? 0) + offset))),
    broken: findings.filter(({ file }) => file !== "/values.ts").map(({ message }) => message),
  };
}

/** A JSON value as an expression: `__proto__` as a property, not as the prototype. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, each]) => `${name === "__proto__" ? '["__proto__"]' : JSON.stringify(name)}: ${literal(each)}`,
  );
  return `{ ${members.join(", ")} }`;
}
