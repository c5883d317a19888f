let cursor = null;
const ids = [];
do {
  const result = await tracker.list_tickets({ project: "web", cursor });
  for (const ticket of result.tickets) ids.push(ticket.id);
  cursor = result.nextCursor;
} while (cursor);
return ids;
/* @expect returns
["T-1","T-2","T-3","T-4","T-5","T-6","T-7","T-8","T-9","T-10"]
*/
