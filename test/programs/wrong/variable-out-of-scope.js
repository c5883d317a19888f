for (const id of ["T-1"]) {
  const ticket = await tracker.get_ticket({ id });
  await tracker.add_comment({ id: ticket.id, text: "seen" });
}
return ticket.title;
/* @expect refused 5:8 /ticket/ */
