import { COMPATIBILITY } from "../core/compatibility.ts";
import type { Artifacts } from "./artifacts.ts";
import { SECRET_HEADER } from "./secret.ts";

/** Bindings that the Worker always has. No environment variable of the same name can reach it. */
export const BINDING_NAMES = ["LOADER", "WORKSPACE", "STDIO", "RUNTIME"] as const;

export interface WorkerdConfigOptions {
  readonly artifacts: Artifacts;
  /** The content of the configuration file. The Worker imports it as the module `codemode.jsonc`. */
  readonly configText: string;
  /** Environment variables that the Worker gets as bindings of the same name. */
  readonly variables: readonly string[];
  /** The folder for Durable Objects: it exists, and this process alone uses it. */
  readonly storage: string;
  readonly stdio: { readonly port: number; readonly secret: string };
  /** `serve` opens the proxy itself on a port (0: any), `stdio` its entrypoint for one client behind a secret. */
  readonly socket: { readonly name: "http"; readonly port: number } | { readonly name: "front"; readonly secret: string };
}

/**
 * The configuration of workerd as Cap'n Proto text. Modules are embedded relative to the import path, which has to be
 * `artifacts.folder`: workerd reads no absolute paths.
 */
export function workerdConfig({ artifacts, configText, variables, storage, stdio, socket }: WorkerdConfigOptions): string {
  const modules = [
    `(name = "worker.js", esModule = embed "/worker.js")`,
    `(name = "codemode.jsonc", text = ${text(configText)})`,
    ...artifacts.modules.map(({ name, type, path }) => `(name = ${text(name)}, ${type} = embed ${text(`/${path}`)})`),
  ];
  const bindings = [
    `(name = "LOADER", workerLoader = ())`,
    `(name = "WORKSPACE", durableObjectNamespace = "Workspace")`,
    `(name = "STDIO", service = "stdio")`,
    `(name = "RUNTIME", text = "local")`,
    ...variables.map((name) => `(name = ${text(name)}, fromEnvironment = ${text(name)})`),
  ];
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [
        ${modules.join(",\n        ")},
      ],
      compatibilityDate = ${text(COMPATIBILITY.compatibilityDate)},
      compatibilityFlags = [${COMPATIBILITY.compatibilityFlags.map(text).join(", ")}],
      globalOutbound = "internet",
      bindings = [
        ${bindings.join(",\n        ")},
      ],
      durableObjectNamespaces = [(className = "Workspace", uniqueKey = "workspace", enableSql = true, preventEviction = true)],
      durableObjectStorage = (localDisk = "storage"),
    )),
    (name = "internet", network = (
      allow = ["public", "private", "local"],
      tlsOptions = (trustBrowserCas = true),
    )),
    (name = "stdio", external = (
      address = ${text(`127.0.0.1:${stdio.port}`)},
      http = (injectRequestHeaders = [(name = ${text(SECRET_HEADER)}, value = ${text(stdio.secret)})]),
    )),
    (name = "storage", disk = (path = ${text(storage)}, writable = true)),
  ],
  sockets = [
    ${socketText(socket)},
  ],
);
`;
}

function socketText(socket: WorkerdConfigOptions["socket"]): string {
  if (socket.name === "http") return `(name = "http", address = ${text(`127.0.0.1:${socket.port}`)}, http = (), service = "main")`;
  const props = text(JSON.stringify({ secret: socket.secret }));
  return `(name = "front", address = "127.0.0.1:0", http = (), service = (name = "main", entrypoint = "StdioFront", props = (json = ${props})))`;
}

/** A Cap'n Proto string. All that ends or continues a literal, and every ASCII control character, is written as an escape. */
function text(value: string): string {
  const escape = (character: string) => {
    const code = character.charCodeAt(0);
    // An escape stands for one byte; what lies above ASCII is UTF-8 in the file.
    return code < 0x80 ? `\\x${code.toString(16).padStart(2, "0")}` : character;
  };
  return `"${value.replace(/["\\\p{Cc}]/gu, escape)}"`;
}
