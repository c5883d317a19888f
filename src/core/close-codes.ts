/** Why the local runtime ended the connection to a sandbox: the codes of its WebSocket's close frame (4000 to 4999 are for applications). */
export const SANDBOX_CLOSE = { cpu: 4010, memory: 4011, crashed: 4012 } as const;
