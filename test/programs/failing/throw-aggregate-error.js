const errors = [];
for (const id of ["T-1", "T-98", "T-99"]) {
  try {
    await tracker.get_ticket({ id });
  } catch (e) {
    errors.push(e);
  }
}
if (errors.length) throw new AggregateError(errors, `${errors.length} tickets could not be read`);
return "all read";
/* @expect throws
AggregateError: 2 tickets could not be read
  caused by ToolError: tracker.get_ticket: no ticket T-98 (program.js:4:5)
  caused by ToolError: tracker.get_ticket: no ticket T-99 (program.js:4:5)
    at program.js:9:26
9 | if (errors.length) throw new AggregateError(errors, `${errors.length} tickets could not be read`);
                             ^

Calls that had been made (3):
tracker.get_ticket ok (N ms)
tracker.get_ticket failed (N ms)
tracker.get_ticket failed (N ms)
*/
