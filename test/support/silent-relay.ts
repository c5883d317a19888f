import type { Relay } from "../../src/core/relay.ts";

/** The relay of a caller who wants to know nothing. */
export const SILENT_RELAY: Relay = { progress: () => undefined };
