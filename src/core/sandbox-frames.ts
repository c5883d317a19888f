/**
 * Why the local runtime closes the connection of a run: the codes of its WebSocket's close frame (4000 to 4999 are for applications). "busy" and
 * "unavailable": it never ran.
 */
export const SANDBOX_CLOSE = { cpu: 4010, memory: 4011, crashed: 4012, busy: 4013, unavailable: 4014 } as const;

/** What the binary frames of such a connection say, by their first byte; UTF-8 follows. Text frames are RPC. */
export const SANDBOX_FRAME = {
  /** There is a process for the run. */
  started: 1,
  /** What the harness has printed. */
  printed: 2,
} as const;
