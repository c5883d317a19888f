const { tickets } = await tracker.list_tickets({ limit: 3 });
return tickets.map((t) => new Date(t.created_at).getTime());
/* @expect refused 2:38 /createdAt/ */
