const Priority = { Low: "low", Medium: "medium", High: "high", Urgent: "urgent" } as const;
type Priority = (typeof Priority)[keyof typeof Priority];

const order: Record<Priority, number> = { low: 0, medium: 1, high: 2, urgent: 3 };
const { tickets } = await tracker.list_tickets({ limit: 50 });
const sorted = tickets.toSorted((a, b) => order[b.priority] - order[a.priority] || a.id.localeCompare(b.id));
return sorted.slice(0, 3).map((t) => [t.id, t.priority]);
/* @expect returns
[["T-12","urgent"],["T-4","urgent"],["T-8","urgent"]]
*/
