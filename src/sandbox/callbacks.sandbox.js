// What is thrown where nobody awaits anything: in a timer, a microtask, a listener. The runtime keeps it to itself.
const { apply } = Reflect;
const { defineProperty } = Object;
const STARTERS = ["setTimeout", "setInterval", "queueMicrotask"];

/** From now on `report(thrown)` is told of it. */
export function watchCallbacks(report) {
  const guard = (callback) => {
    if (typeof callback !== "function") return callback;
    return (...args) => {
      try {
        apply(callback, undefined, args);
      } catch (thrown) {
        report(thrown);
      }
    };
  };
  for (let index = 0; index < STARTERS.length; index += 1) {
    const name = STARTERS[index];
    const start = globalThis[name];
    const value = (...args) => {
      args[0] = guard(args[0]);
      return apply(start, globalThis, args);
    };
    defineProperty(value, "name", { value: name, configurable: true });
    defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  addEventListener("error", ({ error, message }) => report(error ?? message));
}
