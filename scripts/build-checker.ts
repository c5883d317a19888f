import { readdir, readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import type { Plugin } from "esbuild";
import ts from "typescript-js";
import { checkerLibrary, codemodeDeclarations } from "./checker-library.ts";

const ROOT = resolve(import.meta.dirname, "..");
const require = createRequire(import.meta.url);

/** Where `_tsc.js` stops being the compiler and starts being the command line. */
const COMMAND_LINE = "\n// src/tsc/tsc.ts\n";

/**
 * Bundles the Checker for a Worker without Node. Same input, same bytes.
 * @param outfile path of the ES module to write.
 */
export async function buildChecker(outfile: string): Promise<void> {
  await build({
    entryPoints: [resolve(ROOT, "src/program/checker.worker.ts")],
    outfile,
    absWorkingDir: ROOT,
    bundle: true,
    format: "esm",
    target: "esnext",
    minify: true,
    legalComments: "none",
    // The bundle carries other people's code: their licences ask to be named in it.
    banner: { js: "// Contains TypeScript (c) Microsoft Corporation and ts-blank-space (c) Bloomberg Finance L.P., both Apache-2.0." },
    external: ["cloudflare:workers"],
    // Together they make the compiler see that there is no Node around it.
    define: { "process.browser": "true", __filename: '"/typescript.js"', __dirname: '"/"' },
    plugins: [smallCompiler, noNode, library],
    logLevel: "warning",
  });
}

/**
 * Puts a part of the compiler in the place of the whole. `_tsc.js` is the same compiler without language services, but exports
 * nothing, and its nodes lack the methods that the services add. It hangs on the text of one pinned version: every
 * assumption is asserted.
 */
const smallCompiler: Plugin = {
  name: "small-compiler",
  setup(builder) {
    builder.onResolve({ filter: /^(?:typescript|typescript-js)$/ }, () => ({ path: "compiler", namespace: "small-compiler" }));
    builder.onLoad({ filter: /.*/, namespace: "small-compiler" }, async () => {
      const [compiler = "", commandLine] = (await readFile(require.resolve("typescript-js/lib/_tsc.js"), "utf8")).split(COMMAND_LINE);
      if (commandLine === undefined) throw new Error("typescript-js/lib/_tsc.js is laid out differently: no command line to cut off");
      const names = await usedNames();
      const members = [...names.map((name) => exported(name, compiler)), "setCheckSteps"];
      const contents = `${withCheckBudget(withParseBudget(compiler))}\n${NODE_METHODS}\nexport default { ${members.join(", ")} };`;
      return { contents, loader: "js", resolveDir: ROOT };
    });
  },
};

/** Node's modules, which the compiler asks for only when it sees Node, as empty ones. */
const noNode: Plugin = {
  name: "no-node",
  setup(builder) {
    builder.onResolve({ filter: /^(?:fs|path|os|crypto|inspector|perf_hooks|source-map-support)$/ }, ({ path }) => ({
      path,
      namespace: "no-node",
    }));
    builder.onLoad({ filter: /.*/, namespace: "no-node" }, () => ({ contents: "module.exports = {};", loader: "js" }));
  },
};

/** The declarations that every program is checked against, as texts of modules that exist only here. */
const library: Plugin = {
  name: "library",
  setup(builder) {
    builder.onResolve({ filter: /^\.\/(?:library|codemode)\.txt$/ }, ({ path }) => ({ path, namespace: "library" }));
    builder.onLoad({ filter: /.*/, namespace: "library" }, async ({ path }) => ({
      contents: path === "./library.txt" ? await checkerLibrary() : await codemodeDeclarations(),
      loader: "text",
    }));
  },
};

/** The names of the compiler that its users use, read off their source: esbuild can then leave out the rest. */
async function usedNames(): Promise<string[]> {
  const folder = resolve(ROOT, "src/program");
  const ours = (await readdir(folder)).filter((file) => file.endsWith(".ts")).map((file) => resolve(folder, file));
  const texts = await Promise.all([...ours, require.resolve("ts-blank-space")].map((path) => readFile(path, "utf8")));
  const used = texts.flatMap((text) => [...text.matchAll(/\b(?:ts|tslib|internal)\.(\w+)/g)].map(([, name = ""]) => name));
  return [...new Set(used)].filter((name) => name in ts).toSorted();
}

function exported(name: string, compiler: string): string {
  const value: unknown = ts[name as keyof typeof ts];
  // Some enums exist in `_tsc.js` only where they were inlined.
  if (typeof value === "object")
    return `${name}: ${JSON.stringify(Object.fromEntries(Object.entries(value ?? {}).filter(([key]) => Number.isNaN(Number(key)))))}`;
  if (new RegExp(`^(?:function|var) ${name}\\b`, "m").test(compiler)) return name;
  // Of the tests of a node's kind it has only those that the compiler itself uses.
  const kind = ts.SyntaxKind[name.replace(/^is/, "") as keyof typeof ts.SyntaxKind];
  if (kind === undefined) throw new Error(`typescript-js/lib/_tsc.js has no ${name}`);
  return `${name}: (node) => node.kind === ${kind}`;
}

/**
 * Bounds the parser's work. It tries some forms twice, and once more inside each try: `async (a = ` forty times over keeps it
 * busy for longer than anybody will wait, and nothing can interrupt a Worker on a plain workerd. An honest program needs
 * one step for every three characters at most.
 */
function withParseBudget(compiler: string): string {
  const withLimit = replaceOnce(
    compiler,
    "    sourceText = _sourceText;\n    languageVersion = _languageVersion;",
    (text) => `${text}\n    stepsLeft = 20000 + 4 * sourceText.length;`,
  );
  return replaceOnce(
    withLimit,
    "  function nextTokenWithoutCheck() {\n",
    (text) => `  var stepsLeft = 0;\n${text}    if (--stepsLeft < 0) throw new RangeError("too many steps");\n`,
  );
}

/**
 * Bounds the type checker's work. Types are a language in which a few lines ask for gigabytes or for hours, and nothing can interrupt a Worker
 * on a plain workerd. Every function of the checker takes a step, those that make types and symbols as many as the memory is worth.
 */
function withCheckBudget(compiler: string): string {
  const [before = "", checker, ...more] = compiler.split("\nfunction createTypeChecker(host) {\n");
  if (checker === undefined || more.length > 0) throw new Error("typescript-js/lib/_tsc.js is laid out differently: createTypeChecker");
  const end = checker.indexOf("\n}\n");
  let functions = 0;
  const body = checker.slice(0, end).replaceAll(/^ {2,}function\*? (\w+)\(.*\) \{$/gm, (head, name: string) => {
    functions += 1;
    return `${head}\ncheckStep(${MEMORY_MAKERS.has(name) ? 20 : 1});`;
  });
  if (functions < 2000 || ![...MEMORY_MAKERS].every((name) => body.includes(`function ${name}(`))) {
    throw new Error("typescript-js/lib/_tsc.js is laid out differently: functions of the checker");
  }
  return `${before}
var checkStepsLeft = Infinity;
function setCheckSteps(steps) { checkStepsLeft = steps; }
function checkStep(cost) { if ((checkStepsLeft -= cost) < 0) throw new RangeError("the budget of steps is used up"); }
function createTypeChecker(host) {
${body}${checker.slice(end)}`;
}

const MEMORY_MAKERS: ReadonlySet<string> = new Set(["createType", "createSymbol"]);

function replaceOnce(text: string, part: string, change: (part: string) => string): string {
  const [before = "", after, ...more] = text.split(part);
  if (after === undefined || more.length > 0) throw new Error(`typescript-js/lib/_tsc.js is laid out differently: ${JSON.stringify(part)}`);
  return before + change(part) + after;
}

const NODE_METHODS = `
for (const { prototype } of [Node4, Token, Identifier2]) Object.assign(prototype, {
  getStart(file, withJsDoc) { return getTokenPosOfNode(this, file, withJsDoc); },
  getFullStart() { return this.pos; },
  getEnd() { return this.end; },
  getText(file = getSourceFileOfNode(this)) { return getSourceTextOfNodeFromSourceFile(file, this); },
  getFullText(file) { return file.text.slice(this.pos, this.end); },
  getSourceFile() { return getSourceFileOfNode(this); },
  forEachChild(visit, visitArray) { return forEachChild(this, visit, visitArray); },
});
Object.defineProperty(Symbol4.prototype, "name", { get() { return symbolName(this); } });
// Of the nodes with a text, only these keep it under another name.
Object.defineProperty(Identifier2.prototype, "text", { get() { return idText(this); } });`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const outfile = resolve(ROOT, "dist/checker.worker.js");
  await buildChecker(outfile);
  const { size } = await stat(outfile);
  console.log(`${outfile.slice(dirname(ROOT).length + 1)}: ${size} bytes, ${gzipSync(await readFile(outfile)).length} gzipped`);
}
