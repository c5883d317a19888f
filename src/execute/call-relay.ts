import type { Deadline } from "../core/deadline.ts";
import type { Relay } from "../core/relay.ts";
import type { Reports } from "./reports.ts";

/** The relay of one call of an execution: its upstream's steps are reports, and the execution's deadline stands still while a person is waited for. */
export function callRelay(name: string, relay: Relay, reports: Reports, deadline: Deadline): Relay {
  const hold = () => {
    deadline.pause();
    const release = relay.hold();
    return () => {
      release();
      deadline.resume();
    };
  };
  return {
    owner: relay.owner,
    get askable() {
      return relay.askable;
    },
    get logLevel() {
      return relay.logLevel;
    },
    progress: (update) => reports.stepDone(name, update),
    // Without what an upstream calls it: others may ask at the same time.
    log: (message) => relay.log(message),
    async ask(question, signal) {
      const release = hold();
      try {
        return await relay.ask(question, signal);
      } finally {
        release();
      }
    },
    hold,
  };
}
