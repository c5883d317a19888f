const controller = new AbortController();
setTimeout(() => controller.abort(), 1);
await new Promise((_, reject) => controller.signal.addEventListener("abort", () => reject(controller.signal.reason)));
/* @expect throws
AbortError: The operation was aborted
    at program.js:2:29
2 | setTimeout(() => controller.abort(), 1);
                                ^
*/
