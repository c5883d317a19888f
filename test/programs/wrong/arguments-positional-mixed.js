const ticket = await tracker.update_ticket("T-1", { status: "done" });
return ticket.status;
/* @expect refused 1:51 /argument/ */
