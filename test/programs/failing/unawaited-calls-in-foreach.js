const ids = ["T-1", "T-404", "T-405"];
ids.forEach(async (id) => {
  await tracker.update_ticket({ id, status: "done" });
});
return `updated ${ids.length} tickets`;
/* @expect throws
ToolError: tracker.update_ticket: no ticket T-404
    at program.js:3:3
3 |   await tracker.update_ticket({ id, status: "done" });
      ^
Nobody awaited this. Write await before it; for several at once, await Promise.all(list.map(...)). forEach awaits nothing.

All the same, the program returned:

updated 3 tickets

Console:
[error] Unhandled rejection: ToolError: tracker.update_ticket: no ticket T-405

Notes:
program.js:2:5 forEach does not wait for its async function: use `for (const item of list)`, or `await Promise.all(list.map(...))`.

Calls that had been made (3):
tracker.update_ticket ok (N ms)
tracker.update_ticket failed (N ms)
tracker.update_ticket failed (N ms)
*/
