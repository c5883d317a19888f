class Ticket {
  readonly raw: any;
  constructor(raw: any) {
    this.raw = raw;
  }
  get owner(): string {
    return this.raw.owner.name;
  }
}
const ticket = new Ticket(await tracker.get_ticket({ id: "T-1" }));
return ticket.owner;
/* @expect throws
TypeError: Cannot read properties of undefined (reading 'name')
    at program.js:7:27
    at program.js:11:15
7 |     return this.raw.owner.name;
                              ^

Calls that had been made (1):
tracker.get_ticket ok (N ms)
*/
