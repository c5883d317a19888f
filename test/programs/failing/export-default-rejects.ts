export default async function run(): Promise<string> {
  const ticket: any = await tracker.get_ticket({ id: "T-4" });
  return ticket.assignee.toUpperCase();
}
/* @expect throws
TypeError: Cannot read properties of null (reading 'toUpperCase')
    at program.js:3:26
3 |   return ticket.assignee.toUpperCase();
                             ^
tracker.get_ticket gave { id: string, title: string, project: string, status: string, priority: string, assignee: null, tags: an array (2 items) of string, createdAt: string, comments: an array (0 items) }

Calls that had been made (1):
tracker.get_ticket ok (N ms)
*/
