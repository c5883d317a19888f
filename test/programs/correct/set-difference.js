const [{ users }, { tickets }] = await Promise.all([tracker.list_users(), tracker.list_tickets({ limit: 50 })]);
const busy = new Set(tickets.map((t) => t.assignee).filter(Boolean));
const everybody = new Set(users.map((u) => u.id));
return [...everybody.difference(busy)];
/* @expect returns
["u4"]
*/
