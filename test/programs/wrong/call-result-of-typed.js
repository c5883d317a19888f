const { tickets } = await tracker.list_tickets({ limit: 50 });
const first = tickets[0];
return first.comments(0);
/* @expect refused 3:14 /call|callable|function/ */
