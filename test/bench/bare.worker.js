// The least that a sandboxed run can cost: a fresh Dynamic Worker and one RPC call into it. Everything else is measured against it.
const CODE = 'import { WorkerEntrypoint } from "cloudflare:workers"; export default class extends WorkerEntrypoint { run() { return 1; } }';

export default {
  async fetch(_request, env) {
    const worker = env.LOADER.load({
      compatibilityDate: "2026-11-01",
      compatibilityFlags: ["no_nodejs_compat", "no_nodejs_compat_v2"],
      mainModule: "main.js",
      modules: { "main.js": CODE },
      globalOutbound: null,
    });
    return new Response(String(await worker.getEntrypoint().run()));
  },
};
