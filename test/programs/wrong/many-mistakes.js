const { tickets } = await tracker.listTickets({ projct: "web" });
const sorted = tickets.sortBy((t) => t.prio);
for (const t of sorted) await tracker.update_ticket({ id: t.id, status: "closed" });
return sorted.lenght;
/* @expect refused 1:35 /list_tickets/ */
