let oldest;
const { tickets } = await tracker.list_tickets({ limit: 50 });
for (const t of tickets) {
  if (!oldest || t.createdAt < oldest.createdAt) oldest = t;
}
return oldest.id;
/* @expect returns
T-1
*/
