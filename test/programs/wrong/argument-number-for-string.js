const ticket = await tracker.get_ticket({ id: 7 });
return ticket.title;
/* @expect refused 1:43 /string/ */
