function idOf(value: string): string;
function idOf(value: { id: string }): string;
function idOf(value: string | { id: string }): string {
  return typeof value === "string" ? value : value.id;
}
const ticket = await tracker.get_ticket({ id: idOf("T-5") });
return idOf(ticket);
/* @expect returns
T-5
*/
