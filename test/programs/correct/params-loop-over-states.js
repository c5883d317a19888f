const counts = {};
for (const status of ["todo", "doing", "done"]) {
  const { tickets } = await tracker.list_tickets({ status, limit: 50 });
  counts[status] = tickets.length;
}
return counts;
/* @expect returns
{"todo":5,"doing":5,"done":4}
*/
