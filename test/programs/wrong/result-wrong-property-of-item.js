const { tickets } = await tracker.list_tickets({ limit: 50 });
return tickets.map((t) => t.asignee);
/* @expect refused 2:29 /assignee/ */
