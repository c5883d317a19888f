const { tickets } = await tracker.list_tickets({ limit: 3 });
tickets.forEach((ticket) => {
  await tracker.add_comment({ id: ticket.id, text: "ping" });
});
return "ok";
/* @expect refused 3:3 /async|await/ */
