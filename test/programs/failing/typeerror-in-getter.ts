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
tracker.get_ticket gave { id: string, title: string, project: string, status: string, priority: string, assignee: string, tags: an array (1 item) of string, estimate: number, createdAt: string, comments: an array (0 items) }

Calls that had been made (1):
tracker.get_ticket ok (N ms)
*/
