const ticket = await tracker.get_ticket({ id: "T-2" });
const [{ name, text }] = ticket.comments;
return `${name}: ${text}`;
/* @expect refused 2:10 /name|author/ */
