/** Programs of a few lines that ask the type checker for hours or gigabytes, unless something stops it. All can be read, and all can run. */
export const BOMBS: readonly (readonly [what: string, source: string])[] = [
  [
    "types that double at every step",
    `type Two<T> = { a: T; b: [T, T] };
type Deep<N extends 0[], T> = N["length"] extends 24 ? T : Deep<[...N, 0], Two<T> | Two<[T]>>;
declare const deep: Deep<[], string>;
return [deep as Deep<[], number>].length;`,
  ],
  [
    "a tuple of all permutations",
    `type Permute<T, K = T> = [T] extends [never] ? [] : K extends K ? [K, ...Permute<Exclude<T, K>>] : never;
const all: Permute<"a" | "b" | "c" | "d" | "e" | "f" | "g" | "h" | "i" | "j" | "k" | "l">[] = [];
return all.length;`,
  ],
  [
    "texts of all digits",
    `type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";
type Four = \`\${Digit}\${Digit}\${Digit}\${Digit}\`;
type Pairs = { [A in Four]: { [B in Four]: [A, B] } };
const f = (pairs: Pairs): Pairs[Four][Four] => pairs["0000"]["0000"];
return typeof f;`,
  ],
  [
    "unions of objects, compared with each other",
    `type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type One<A> = A extends Digit ? { a: A; next: Two<A> } : never;
type Two<A> = A extends Digit ? Three<A, Digit> : never;
type Three<A, B> = B extends Digit ? { b: B; of: A; next: Four<A, B, Digit> } : never;
type Four<A, B, C> = C extends Digit ? { c: C; of: [A, B]; next: Five<A, B, C, Digit> } : never;
type Five<A, B, C, D> = D extends Digit ? { d: D; of: [A, B, C]; next: Three<C, D & Digit> } : never;
const some = (x: One<Digit>): One<Digit> | Two<Digit> => x as unknown as Two<Digit> & One<Digit>;
const again: (x: Two<Digit>) => One<Digit> = some as never;
return typeof again;`,
  ],
  [
    "functions in functions, each tried with every overload",
    `declare function pick<T>(f: (x: T) => T): T;
declare function pick<T, U>(f: (x: T) => U, y?: U): U;
declare function pick(f: (x: number) => string): string;
const never = () => ${"pick((x) => ".repeat(22)}x${")".repeat(22)};
return typeof never;`,
  ],
  ["promises in promises", `const f = () => ${"Promise.all([1, 2].map((x) => ".repeat(40)}x${"))".repeat(40)};\nreturn typeof f;`],
  [
    "arrays of pairs of pairs, inferred",
    `const two = (x) => [x, { x }, [x, { y: x }]];
let all = 1;
const f = () => { ${Array.from({ length: 60 }, (_, n) => `const v${n} = [two(${n === 0 ? "all" : `v${n - 1}`}), { ...two(${n === 0 ? "all" : `v${n - 1}`}) }];`).join(" ")} return v59; };
return typeof f;`,
  ],
  [
    "a loop in which everything depends on everything",
    `let ${Array.from({ length: 60 }, (_, n) => `v${n} = ${n}`).join(", ")};
for (const i of [1, 2]) { ${Array.from({ length: 60 }, (_, n) => `v${n} = [v${(n + 1) % 60}, v${(n * 7) % 60}, i][i % 3];`).join(" ")} }
return 1;`,
  ],
  [
    "a type that is only long",
    `type Long = ${Array.from({ length: 4000 }, (_, n) => `{ k${n}: Long; of: ${n} }`).join(" | ")};
const f = (x: Long): Long => ({ ...x, ...(x as Long & { more: Long }) });
return typeof f;`,
  ],
];
