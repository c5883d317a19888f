import type { ApprovalStore } from "../../src/execute/approval.ts";

/** As in a Workspace, without its database. */
export function approvedInMemory(): ApprovalStore {
  const kept = new Map<string, number>();
  return {
    find: (...of) => kept.get(JSON.stringify(of)),
    save: (upstream, tool, definition, at) => void kept.set(JSON.stringify([upstream, tool, definition]), at),
  };
}
