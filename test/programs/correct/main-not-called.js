async function main() {
  const tickets = await tracker.list_tickets({ project: "web", limit: 50 });
  const byStatus = {};
  for (const t of tickets.tickets) {
    byStatus[t.status] = (byStatus[t.status] || 0) + 1;
  }
  return byStatus;
}
/* @expect returns
{"todo":4,"doing":3,"done":3}
*/
