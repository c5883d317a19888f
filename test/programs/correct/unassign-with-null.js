const ticket = await tracker.update_ticket({ id: "T-3", assignee: null });
return ticket.assignee === null ? "unassigned" : "still assigned";
/* @expect returns
unassigned
*/
