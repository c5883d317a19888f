const today = new Date("2026-11-05");
const { tickets } = await tracker.list_tickets({ limit: 50 });
const overdue = tickets.filter((t) => t.due && new Date(t.due) < today && t.priority !== "low");
return overdue.map((t) => ({ id: t.id, due: t.due }));
/* @expect returns
[{"id":"T-3","due":"2026-11-03"}]
*/
