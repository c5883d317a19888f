/**
 * What every Worker of ours is compiled for: the proxy, the Checker, the sandboxes. Without Node compatibility, of which newer dates have two
 * versions by default: its globals (`process`, `Buffer`) and modules are nothing that a program needs, and make each isolate slower to start.
 */
export const COMPATIBILITY = {
  compatibilityDate: "2026-11-01",
  compatibilityFlags: ["no_nodejs_compat", "no_nodejs_compat_v2", "global_fetch_strictly_public"],
};

/** The proxy's own Worker has `AsyncLocalStorage` besides, and nothing else of Node: see `upstream/questions.ts`. */
export const PROXY_COMPATIBILITY = {
  ...COMPATIBILITY,
  compatibilityFlags: [...COMPATIBILITY.compatibilityFlags, "nodejs_als"],
};
