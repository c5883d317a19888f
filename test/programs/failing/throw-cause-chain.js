async function load(id) {
  try {
    return await tracker.get_ticket({ id });
  } catch (e) {
    throw new Error(`cannot load ${id}`, { cause: e });
  }
}
async function report() {
  try {
    return await load("T-77");
  } catch (e) {
    throw new Error("report failed", { cause: e });
  }
}
return report();
/* @expect throws
Error: report failed
  caused by Error: cannot load T-77 (program.js:5:11)
  caused by ToolError: tracker.get_ticket: no ticket T-77 (program.js:3:12)
    at program.js:12:11
12 |     throw new Error("report failed", { cause: e });
               ^

Calls that had been made (1):
tracker.get_ticket failed (N ms)
*/
