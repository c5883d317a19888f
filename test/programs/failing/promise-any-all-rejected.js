const ticket = await Promise.any(["T-98", "T-99"].map((id) => tracker.get_ticket({ id })));
return ticket.title;
/* @expect throws
AggregateError: All promises were rejected
  caused by ToolError: tracker.get_ticket: no ticket T-98 (program.js:1:16)
  caused by ToolError: tracker.get_ticket: no ticket T-99 (program.js:1:16)
1 | const ticket = await Promise.any(["T-98", "T-99"].map((id) => tracker.get_ticket({ id })));
                   ^

Calls that had been made (2):
tracker.get_ticket failed (N ms)
tracker.get_ticket failed (N ms)
*/
