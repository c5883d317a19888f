/** Statements, and the expression whose value they lead to. Both may use `await`. */
export interface Body {
  readonly statements: string;
  readonly value: string;
}

type Shape = (body: Body) => string;

const inside = ({ statements, value }: Body) => `{\n${statements}\nreturn ${value};\n}`;

/** Every shape in which models send a program, around the same body. What stands around the program is not part of a shape. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  "statements and return": ({ statements, value }) => `${statements}\nreturn ${value};`,
  "return without a semicolon": ({ statements, value }) => `${statements}\nreturn ${value}`,
  "return inside a block": ({ statements, value }) => `${statements}\nif (true) { return ${value}; }\nreturn "other";`,
  "a final expression": ({ statements, value }) => `${statements}\n${value}`,
  "a final expression with a semicolon": ({ statements, value }) => `${statements}\n${value};`,
  "a final await": ({ statements, value }) => `${statements}\nawait (${value});`,
  "a final promise": ({ statements, value }) => `${statements}\nPromise.resolve(${value})`,
  "a return of a promise": ({ statements, value }) => `${statements}\nreturn Promise.resolve(${value});`,
  "an arrow function": (body) => `async () => ${inside(body)}`,
  "an arrow function with a semicolon": (body) => `async () => ${inside(body)};`,
  "an arrow function in parentheses": (body) => `(async () => ${inside(body)})`,
  "an arrow function, called": (body) => `(async () => ${inside(body)})()`,
  "an arrow function, called, with a semicolon": (body) => `(async () => ${inside(body)})();`,
  "an arrow function, called and awaited": (body) => `await (async () => ${inside(body)})();`,
  "an arrow function, called and returned": (body) => `return (async () => ${inside(body)})();`,
  "a plain arrow function that gives a promise": (body) => `() => (async () => ${inside(body)})()`,
  "a function expression": (body) => `async function () ${inside(body)}`,
  "a function expression in parentheses": (body) => `(async function () ${inside(body)});`,
  "a function expression, called": (body) => `(async function run() ${inside(body)})();`,
  "main, not called": (body) => `async function main() ${inside(body)}`,
  "main, called": (body) => `async function main() ${inside(body)}\n\nmain();`,
  "main, called without a semicolon": (body) => `async function main() ${inside(body)}\nmain()`,
  "main, awaited": (body) => `async function main() ${inside(body)}\nawait main();`,
  "main, returned": (body) => `async function main() ${inside(body)}\nreturn await main();`,
  "main, called before it": (body) => `return main();\n\nasync function main() ${inside(body)}`,
  "a constant main, not called": (body) => `const main = async () => ${inside(body)};`,
  "a constant main, called": (body) => `const main = async () => ${inside(body)};\nmain();`,
  "a constant main of a function expression": (body) => `const main = async function () ${inside(body)}`,
  "main beside a helper": (body) => `const id = (x) => x;\nasync function main() ${inside(body)}`,
  "export default of a function": (body) => `export default async function () ${inside(body)}`,
  "export default of a function with a name": (body) => `export default async function run() ${inside(body)}`,
  "export default of an arrow function": (body) => `export default async () => ${inside(body)};`,
  "export default of a name": (body) => `const run = async () => ${inside(body)};\nexport default run;`,
  "an exported main": (body) => `export async function main() ${inside(body)}`,
};
