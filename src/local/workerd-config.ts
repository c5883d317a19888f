import { PROXY_COMPATIBILITY } from "../core/compatibility.ts";
import type { Artifacts } from "./artifacts.ts";
import { capnpText } from "./capnp-text.ts";
import { SECRET_HEADER } from "./secret.ts";

/** The young generation, in MB per isolate: with V8's own 16 the process keeps some 50 MB of garbage more, for no time that can be measured. */
const V8_FLAGS = ["--max-semi-space-size=4"];

/** Bindings that the Worker always has. No environment variable of the same name can reach it. */
export const BINDING_NAMES = ["LOADER", "WORKSPACE", "OAUTH_STORE", "RUNTIME"] as const;

export interface WorkerdConfigOptions {
  readonly artifacts: Artifacts;
  /** The content of the configuration file. The Worker imports it as the module `codemode.jsonc`. */
  readonly configText: string;
  /** Environment variables that the Worker gets as bindings of the same name. */
  readonly variables: readonly string[];
  /** The folder for Durable Objects: it exists, and this process alone uses it. */
  readonly storage: string;
  readonly loopback: { readonly port: number; readonly secret: string };
  /** `serve` opens the proxy itself on a port (0: any), `stdio` its entrypoint for one client behind a secret. */
  readonly socket: { readonly name: "http"; readonly port: number } | { readonly name: "front"; readonly secret: string };
  /** Another socket for a browser that connects upstreams; `serve` has them on its own. */
  readonly connect?: boolean;
}

/**
 * The configuration of workerd as Cap'n Proto text. Modules are embedded relative to the import path, which has to be
 * `artifacts.folder`: workerd reads no absolute paths.
 */
export function workerdConfig({ artifacts, configText, variables, storage, loopback, socket, connect }: WorkerdConfigOptions): string {
  const modules = [
    `(name = "worker.js", esModule = embed "/worker.js")`,
    `(name = "codemode.jsonc", text = ${capnpText(configText)})`,
    ...artifacts.modules.map(({ name, type, path }) => `(name = ${capnpText(name)}, ${type} = embed ${capnpText(`/${path}`)})`),
  ];
  const bindings = [
    `(name = "LOADER", workerLoader = ())`,
    `(name = "WORKSPACE", durableObjectNamespace = "Workspace")`,
    `(name = "OAUTH_STORE", durableObjectNamespace = "OAuthStore")`,
    `(name = "RUNTIME", service = "runtime")`,
    ...variables.map((name) => `(name = ${capnpText(name)}, fromEnvironment = ${capnpText(name)})`),
  ];
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  v8Flags = [${V8_FLAGS.map(capnpText).join(", ")}],
  services = [
    (name = "main", worker = (
      modules = [
        ${modules.join(",\n        ")},
      ],
      compatibilityDate = ${capnpText(PROXY_COMPATIBILITY.compatibilityDate)},
      compatibilityFlags = [${PROXY_COMPATIBILITY.compatibilityFlags.map(capnpText).join(", ")}],
      globalOutbound = "internet",
      bindings = [
        ${bindings.join(",\n        ")},
      ],
      durableObjectNamespaces = [
        (className = "Workspace", uniqueKey = "workspace", enableSql = true, preventEviction = true),
        (className = "OAuthStore", uniqueKey = "oauth-store", enableSql = true),
      ],
      durableObjectStorage = (localDisk = "storage"),
    )),
    (name = "internet", network = (
      allow = ["public", "private", "local"],
      tlsOptions = (trustBrowserCas = true),
    )),
    (name = "runtime", external = (
      address = ${capnpText(`127.0.0.1:${loopback.port}`)},
      http = (injectRequestHeaders = [(name = ${capnpText(SECRET_HEADER)}, value = ${capnpText(loopback.secret)})]),
    )),
    (name = "storage", disk = (path = ${capnpText(storage)}, writable = true)),
  ],
  sockets = [
    ${socketText(socket)},${connect === true ? CONNECT_SOCKET : ""}
  ],
);
`;
}

const CONNECT_SOCKET = `
    (name = "connect", address = "127.0.0.1:0", http = (), service = (name = "main", entrypoint = "ConnectFront")),`;

function socketText(socket: WorkerdConfigOptions["socket"]): string {
  if (socket.name === "http") return `(name = "http", address = ${capnpText(`127.0.0.1:${socket.port}`)}, http = (), service = "main")`;
  const props = capnpText(JSON.stringify({ secret: socket.secret }));
  return `(name = "front", address = "127.0.0.1:0", http = (), service = (name = "main", entrypoint = "StdioFront", props = (json = ${props})))`;
}
