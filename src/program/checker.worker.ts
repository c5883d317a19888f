import { WorkerEntrypoint } from "cloudflare:workers";
import { Checks } from "./checks.ts";
import type { CheckedNamespace, CheckResult } from "./checks.ts";
import codemode from "./codemode.txt";
import library from "./library.txt";
import { prepare } from "./prepare.ts";
import type { PrepareResult } from "./prepare.ts";

const checks = new Checks({ library, codemode });

/** The Checker: a Worker of its own, so that the compiler's size and start-up are paid once and beside the proxy's isolate. */
export default class CheckerEntrypoint extends WorkerEntrypoint {
  prepare(source: string): PrepareResult {
    return prepare(source);
  }

  check(source: string, namespaces: readonly CheckedNamespace[], steps: number): CheckResult {
    return checks.check(source, namespaces, steps);
  }
}
