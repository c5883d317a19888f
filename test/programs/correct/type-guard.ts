type Ticket = Awaited<ReturnType<typeof tracker.get_ticket>>;

function isAssigned(ticket: Ticket): ticket is Ticket & { assignee: string } {
  return ticket.assignee !== null;
}

const { tickets } = await tracker.list_tickets({ limit: 6 });
return tickets.filter(isAssigned).map((t) => t.assignee.toUpperCase());
/* @expect returns
["U1","U2","U3","U2","U3"]
*/
