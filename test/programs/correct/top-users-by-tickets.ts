interface Load {
  name: string;
  tickets: number;
  hours: number;
}

const [{ users }, { tickets }] = await Promise.all([tracker.list_users(), tracker.list_tickets({ limit: 50 })]);

const loads: Load[] = users
  .filter((user) => user.active)
  .map((user) => {
    const mine = tickets.filter((t) => t.assignee === user.id && t.status !== "done");
    return { name: user.name, tickets: mine.length, hours: mine.reduce((sum, t) => sum + (t.estimate ?? 1), 0) };
  })
  .sort((a, b) => b.tickets - a.tickets);

return loads;
/* @expect returns
[{"name":"Ada","tickets":4,"hours":22},{"name":"Grace","tickets":4,"hours":18},{"name":"Guest","tickets":0,"hours":0}]
*/
