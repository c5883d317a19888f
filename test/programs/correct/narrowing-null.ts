const ticket = await tracker.get_ticket({ id: "T-14" });
if (ticket.parent) {
  return `${ticket.id} belongs to ${ticket.parent.id}`;
}
return `${ticket.id} stands alone`;
/* @expect returns
T-14 belongs to T-1
*/
