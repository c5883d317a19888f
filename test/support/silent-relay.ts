import type { Relay } from "../../src/core/relay.ts";

/** The relay of a caller who cannot be asked, and wants to know nothing. */
export const SILENT_RELAY: Relay = {
  owner: {},
  askable: {},
  progress: () => undefined,
  logLevel: undefined,
  log: () => undefined,
  ask: () => Promise.reject(new Error("nobody is there")),
  hold: () => () => undefined,
};
