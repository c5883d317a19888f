const { tickets } = await tracker.list_tickets({ limit: 50 });
return tickets.fliter((t) => t.status === "todo").length;
/* @expect refused 2:16 /filter/ */
