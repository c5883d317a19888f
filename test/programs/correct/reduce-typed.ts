const { tickets } = await tracker.list_tickets({ limit: 50 });
const effort = tickets.reduce<Record<string, number>>((acc, t) => {
  acc[t.project] = (acc[t.project] ?? 0) + (t.estimate ?? 0);
  return acc;
}, {});
return effort;
/* @expect returns
{"web":25,"ops":24}
*/
