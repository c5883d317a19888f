async function loadTickets() {
  const { tickets } = await tracker.list_tickets({ project: "web" });
  return tickets;
}
const tickets = loadTickets();
return tickets.filter((t) => t.status === "todo").length;
/* @expect refused 6:16 /await/ */
