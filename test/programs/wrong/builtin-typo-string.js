const ticket = await tracker.get_ticket({ id: "T-1" });
return ticket.title.toUppercase();
/* @expect refused 2:21 /toUpperCase/ */
