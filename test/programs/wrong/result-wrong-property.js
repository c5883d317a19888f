const result = await tracker.list_tickets({ project: "web" });
return result.items.map((t) => t.id);
/* @expect refused 2:15 /tickets/ */
