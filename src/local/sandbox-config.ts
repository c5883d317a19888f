import { COMPATIBILITY } from "../core/compatibility.ts";
import type { Limits } from "../core/limits.ts";
import { capnpText } from "./capnp-text.ts";

/** The young generation comes on top of the heap that V8's flag bounds. */
const MEGABYTE = 1_048_576;

/**
 * The configuration of a sandbox process: our host Worker, a Worker Loader, and a network that reaches nothing. Its modules are embedded
 * relative to the import path, which has to be the folder of artifacts. `address` is where it listens.
 */
export function sandboxConfig({ memoryBytes }: Pick<Limits, "memoryBytes">, secret: string, address: string): string {
  const heap = Math.max(32, Math.round(memoryBytes / MEGABYTE));
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  v8Flags = [${capnpText(`--max-heap-size=${heap}`)}],
  logging = (structuredLogging = true),
  services = [
    (name = "main", worker = (
      modules = [(name = "host.js", esModule = embed "/host.js")],
      compatibilityDate = ${capnpText(COMPATIBILITY.compatibilityDate)},
      compatibilityFlags = [${COMPATIBILITY.compatibilityFlags.map(capnpText).join(", ")}],
      globalOutbound = "nowhere",
      bindings = [(name = "LOADER", workerLoader = ()), (name = "SECRET", text = ${capnpText(secret)})],
    )),
    (name = "nowhere", network = (allow = [])),
    (name = "internet", network = (allow = [])),
  ],
  sockets = [(name = "sandbox", address = ${capnpText(address)}, http = (), service = "main")],
);
`;
}
