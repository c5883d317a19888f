const { tickets } = await tracker.list_tickets({ assignee: null, limit: 50 });
const { users } = await tracker.list_users();
const members = users.filter((u) => u.role !== "guest" && u.active);
const updates = await Promise.all(
  tickets.map((ticket, index) => tracker.update_ticket({ id: ticket.id, assignee: members[index % members.length].id })),
);
return updates.map((u) => `${u.id} → ${u.assignee}`);
/* @expect returns
["T-4 → u1","T-8 → u2","T-12 → u1"]
*/
