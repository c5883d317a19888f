const options = { project: "web", status: "doing" } satisfies { project: string; status: "todo" | "doing" | "done" };
const { tickets } = await tracker.list_tickets(options);
return tickets.at(0)?.id;
/* @expect returns
T-2
*/
