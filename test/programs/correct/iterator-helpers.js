const { tickets } = await tracker.list_tickets({ limit: 50 });
const firstTwoDone = tickets.values().filter((t) => t.status === "done").map((t) => t.id).take(2).toArray();
return firstTwoDone;
/* @expect returns
["T-3","T-6"]
*/
