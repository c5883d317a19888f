const tickets = await tracker.list_tickets({ project: "web" });
return tickets.map((t) => t.title);
/* @expect refused 2:16 /map|tickets/ */
