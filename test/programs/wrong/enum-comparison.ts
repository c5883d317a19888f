const { tickets } = await tracker.list_tickets({ limit: 50 });
const closed = tickets.filter((t) => t.status === "closed");
return closed.length;
/* @expect refused 2:38 /overlap|closed|unintentional/ */
