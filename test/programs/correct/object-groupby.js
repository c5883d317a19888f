const { tickets } = await tracker.list_tickets({ limit: 50 });
const groups = Object.groupBy(tickets, (t) => t.priority);
return Object.fromEntries(Object.entries(groups).map(([priority, list]) => [priority, list.length]));
/* @expect returns
{"low":4,"medium":4,"high":3,"urgent":3}
*/
