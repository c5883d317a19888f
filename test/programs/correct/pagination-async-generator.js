async function* allTickets(project) {
  let cursor;
  while (true) {
    const { tickets, nextCursor } = await tracker.list_tickets({ project, cursor, limit: 3 });
    yield* tickets;
    if (!nextCursor) return;
    cursor = nextCursor;
  }
}

const urgent = [];
for await (const ticket of allTickets("web")) {
  if (ticket.priority === "urgent") urgent.push(ticket.id);
}
return urgent;
/* @expect returns
["T-4","T-8"]
*/
