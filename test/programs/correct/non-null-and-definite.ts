let first!: string;
const { tickets } = await tracker.list_tickets({ limit: 1 });
tickets.forEach((t) => {
  first = t.id;
});
const user = (await tracker.list_users()).users.find((u) => u.id === tickets[0]!.assignee)!;
return `${first} ${user.name}`;
/* @expect returns
T-1 Ada
*/
