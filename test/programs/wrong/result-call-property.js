const ticket = await tracker.get_ticket({ id: "T-1" });
return ticket.title();
/* @expect refused 2:15 /call|callable|function/ */
