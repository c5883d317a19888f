interface NewTicket {
  project: string;
  title: string;
  priority: "low" | "normal";
}
const ticket: NewTicket = { project: "web", title: "Typed", priority: "normal" };
const { id } = await tracker.create_ticket(ticket);
return id;
/* @expect refused 7:44 /priority|urgent|string/ */
