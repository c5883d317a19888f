const ticket = await tracker.get_ticket(1);
return ticket.title;
/* @expect refused 1:41 /object|number|string/ */
