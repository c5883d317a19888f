const ticket = await tracker.create_ticket({ project: "web", title: "Outage", priority: "HIGH" });
return ticket.id;
/* @expect refused 1:79 /high/ */
