const ticket = await tracker.create_ticket({ project: "web", title: "Slow search", prioritiy: "high" });
return ticket.id;
/* @expect refused 1:84 /priority/ */
