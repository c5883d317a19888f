import api from "./api.sandbox.js";
import callbacks from "./callbacks.sandbox.js";
import calls from "./calls.sandbox.js";
import console from "./console.sandbox.js";
import harness from "./harness.sandbox.js";
import show from "./show.sandbox.js";

/** The fixed modules of every sandbox, as text: they are compiled in the sandbox's isolate, never in ours. */
export const SANDBOX_MODULES: Readonly<Record<string, string>> = {
  "harness.sandbox.js": harness,
  "api.sandbox.js": api,
  "callbacks.sandbox.js": callbacks,
  "calls.sandbox.js": calls,
  "console.sandbox.js": console,
  "show.sandbox.js": show,
};

export const SANDBOX_MAIN = "harness.sandbox.js";
