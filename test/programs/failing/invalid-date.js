const ticket = await tracker.get_ticket({ id: "T-6" });
return new Date(`${ticket.due}T00:00`).toISOString();
/* @expect throws
RangeError: Invalid time value
    at program.js:2:40
2 | return new Date(`${ticket.due}T00:00`).toISOString();
                                           ^

Calls that had been made (1):
tracker.get_ticket ok (N ms)
*/
