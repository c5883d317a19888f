import api from "./api.sandbox.js";
import blocks from "./blocks.sandbox.js";
import callbacks from "./callbacks.sandbox.js";
import calls from "./calls.sandbox.js";
import console from "./console.sandbox.js";
import emit from "./emit.sandbox.js";
import harness from "./harness.sandbox.js";
import result from "./result.sandbox.js";
import shorten from "./shorten.sandbox.js";
import show from "./show.sandbox.js";

/** The fixed modules of every sandbox, as text: they are compiled in the sandbox's isolate, never in ours. */
export const SANDBOX_MODULES: Readonly<Record<string, string>> = {
  "harness.sandbox.js": harness,
  "api.sandbox.js": api,
  "blocks.sandbox.js": blocks,
  "callbacks.sandbox.js": callbacks,
  "calls.sandbox.js": calls,
  "console.sandbox.js": console,
  "emit.sandbox.js": emit,
  "result.sandbox.js": result,
  "shorten.sandbox.js": shorten,
  "show.sandbox.js": show,
};

export const SANDBOX_MAIN = "harness.sandbox.js";
