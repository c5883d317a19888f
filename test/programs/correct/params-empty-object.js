const args = {};
args.project = "web";
args.status = "todo";
const { tickets } = await tracker.list_tickets(args);
return tickets.map((t) => t.id);
/* @expect returns
["T-1","T-4","T-7","T-10"]
*/
