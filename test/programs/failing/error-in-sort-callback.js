const { tickets } = await tracker.list_tickets({ limit: 50 });
const list = JSON.parse(JSON.stringify(tickets));
list.sort((a, b) => a.due.localeCompare(b.due));
return list[0].id;
/* @expect throws
TypeError: Cannot read properties of undefined (reading 'localeCompare')
    at program.js:3:27
    at program.js:3:6
3 | list.sort((a, b) => a.due.localeCompare(b.due));
                              ^
tracker.list_tickets gave { tickets: an array (14 items) of { id, title, project, status, priority, … }, nextCursor: null }

Calls that had been made (1):
tracker.list_tickets ok (N ms)
*/
