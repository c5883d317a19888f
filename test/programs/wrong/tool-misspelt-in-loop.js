const { tickets } = await tracker.list_tickets({ project: "web" });
for (const ticket of tickets) {
  await tracker.add_coment({ id: ticket.id, text: "Please update" });
}
return tickets.length;
/* @expect refused 3:17 /add_comment/ */
