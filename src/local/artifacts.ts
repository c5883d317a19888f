import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { CodemodeError } from "../core/errors.ts";

/** A module of the Worker besides `worker.js`, as the build lists it in `modules.json`. */
interface WorkerModule {
  /** The specifier under which the Worker imports it. */
  readonly name: string;
  readonly type: "text" | "esModule";
  /** Relative to the folder of artifacts. */
  readonly path: string;
}

export interface Artifacts {
  readonly folder: string;
  readonly modules: readonly WorkerModule[];
}

/**
 * What the build made for workerd. It lies beside the bundled `cli.js`; run from source, in `dist` of the repository. This is the
 * only place that knows so. Throws "fault" if nothing was built.
 */
export function findArtifacts(folder: string = artifactsFolder()): Artifacts {
  if (!existsSync(join(folder, "worker.js"))) {
    throw new CodemodeError("fault", `The Worker is not built: ${join(folder, "worker.js")} is missing.`, {
      remedy: "Run `npm run build`, or install the package again.",
    });
  }
  const list = join(folder, "modules.json");
  const modules = existsSync(list) ? (JSON.parse(readFileSync(list, "utf8")) as WorkerModule[]) : [];
  return { folder, modules };
}

function artifactsFolder(): string {
  const here = import.meta.dirname;
  return basename(here) === "dist" ? here : join(here, "..", "..", "dist");
}
