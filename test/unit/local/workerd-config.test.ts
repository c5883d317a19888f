import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { workerdConfig, type WorkerdConfigOptions } from "../../../src/local/workerd-config.ts";

const OPTIONS: WorkerdConfigOptions = {
  artifacts: { folder: "/app/dist", modules: [{ name: "checker.txt", type: "text", path: "checker.txt" }] },
  configText: '{ "mcpServers": {} }\n',
  variables: ["GITHUB_TOKEN", "AUTH_TOKEN"],
  storage: "/tmp/private/storage",
  loopback: { port: 4100, secret: "loopback-secret" },
  socket: { name: "http", port: 8787 },
};

describe("workerdConfig", () => {
  it("is this text for serve", () => {
    expect(workerdConfig(OPTIONS)).toBe(`using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  v8Flags = ["--max-semi-space-size=4"],
  services = [
    (name = "main", worker = (
      modules = [
        (name = "worker.js", esModule = embed "/worker.js"),
        (name = "codemode.jsonc", text = "{ \\x22mcpServers\\x22: {} }\\x0a"),
        (name = "checker.txt", text = embed "/checker.txt"),
      ],
      compatibilityDate = "2026-11-01",
      compatibilityFlags = ["no_nodejs_compat", "no_nodejs_compat_v2", "global_fetch_strictly_public", "nodejs_als"],
      globalOutbound = "internet",
      bindings = [
        (name = "LOADER", workerLoader = ()),
        (name = "WORKSPACE", durableObjectNamespace = "Workspace"),
        (name = "OAUTH_STORE", durableObjectNamespace = "OAuthStore"),
        (name = "RUNTIME", service = "runtime"),
        (name = "GITHUB_TOKEN", fromEnvironment = "GITHUB_TOKEN"),
        (name = "AUTH_TOKEN", fromEnvironment = "AUTH_TOKEN"),
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
      address = "127.0.0.1:4100",
      http = (injectRequestHeaders = [(name = "x-codemode-secret", value = "loopback-secret")]),
    )),
    (name = "storage", disk = (path = "/tmp/private/storage", writable = true)),
  ],
  sockets = [
    (name = "http", address = "127.0.0.1:8787", http = (), service = "main"),
  ],
);
`);
  });

  it("opens only the front for stdio", () => {
    const text = workerdConfig({ ...OPTIONS, socket: { name: "front", secret: "front-secret" } });
    expect(text.slice(text.indexOf("  sockets = ["))).toBe(`  sockets = [
    (name = "front", address = "127.0.0.1:0", http = (), service = (name = "main", entrypoint = "StdioFront", props = (json = "{\\x22secret\\x22:\\x22front-secret\\x22}"))),
  ],
);
`);
  });

  it("keeps any text inside its literal", () => {
    const hostile = fc.string({
      unit: fc.constantFrom("a", '"', "\\", "\n", "\r", "\u0000", "\u007f", "\u0085", "#", "x22", "é", "😀", ")],"),
    });
    fc.assert(
      fc.property(hostile, (configText) => {
        const [, literal] = /\(name = "codemode\.jsonc", text = "(.*?)"\),$/mu.exec(workerdConfig({ ...OPTIONS, configText })) ?? [];
        // Nothing in it ends the literal, starts another line or is an escape of another kind than \xHH.
        expect(literal).not.toMatch(/["\n\r]|\\(?!x[0-9a-f]{2})/);
        expect(literal?.replace(/\\x(..)/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))).toBe(configText);
      }),
    );
  });
});
