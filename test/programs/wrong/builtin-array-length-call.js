const { tickets } = await tracker.list_tickets({ limit: 50 });
return tickets.length();
/* @expect refused 2:16 /call|callable|function/ */
