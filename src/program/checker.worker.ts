import { WorkerEntrypoint } from "cloudflare:workers";
import { prepare } from "./prepare.ts";
import type { PrepareResult } from "./prepare.ts";

/** The Checker: a Worker of its own, so that the compiler's size and start-up are paid once and beside the proxy's isolate. */
export default class CheckerEntrypoint extends WorkerEntrypoint {
  prepare(source: string): PrepareResult {
    return prepare(source);
  }
}
