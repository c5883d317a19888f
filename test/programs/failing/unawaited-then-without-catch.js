let title = "unknown";
tracker.get_ticket({ id: "T-500" }).then((ticket) => {
  title = ticket.title;
});
return title;
/* @expect throws
ToolError: tracker.get_ticket: no ticket T-500
    at program.js:2:9
2 | tracker.get_ticket({ id: "T-500" }).then((ticket) => {
            ^
Nobody awaited this. Write await before it; for several at once, await Promise.all(list.map(...)). forEach awaits nothing.

All the same, the program returned:

unknown

Calls that had been made (1):
tracker.get_ticket failed (N ms)
*/
