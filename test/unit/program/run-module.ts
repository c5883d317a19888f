import { prepare } from "../../../src/program/prepare.ts";
import type { PrepareResult } from "../../../src/program/prepare.ts";

let modules = 0;

/** Imports a module from its text and calls its default export, as a sandbox does. */
export async function runModule(module: string): Promise<unknown> {
  // The number keeps two equal programs from sharing one instance.
  const url = `data:text/javascript,${encodeURIComponent(`${module}//${modules++}`)}`;
  const { default: program } = (await import(/* @vite-ignore */ url)) as { default: () => Promise<unknown> };
  const running = program();
  if (!(running instanceof Promise)) throw new Error("the default export is not an async function");
  return running;
}

export function prepared(source: string): Extract<PrepareResult, { ok: true }> {
  const result = prepare(source);
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.diagnostics)}`);
  return result;
}

/** What is wrong with a program, as `LINE:COLUMN message`. */
export function refused(source: string): string[] {
  const result = prepare(source);
  if (result.ok) throw new Error(`not refused: ${result.module}`);
  return result.diagnostics.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

export async function run(source: string): Promise<unknown> {
  return runModule(prepared(source).module);
}
