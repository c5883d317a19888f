const { tickets } = await tracker.list_tickets({ limit: 1 });
return new Date(tickets[0].createdAt).toIsoString();
/* @expect refused 2:39 /toISOString/ */
