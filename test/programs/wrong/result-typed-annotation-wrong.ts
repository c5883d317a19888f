const { id } = await tracker.create_ticket({ project: "web", title: "Typed" });
const ticketNumber: number = id;
return ticketNumber + 1;
/* @expect refused 2:7 /number|string/ */
