const { tickets } = await tracker.list_tickets({ limit: 50 });
const newest = Math.max(...tickets.map((t) => Date.parse(t.createdAt)));
return new Date(newest).toISOString();
/* @expect returns
2026-10-14T10:00:00.000Z
*/
