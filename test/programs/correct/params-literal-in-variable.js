const filter = { project: "web", status: "done" };
const { tickets } = await tracker.list_tickets(filter);
return tickets.length;
/* @expect returns
3
*/
