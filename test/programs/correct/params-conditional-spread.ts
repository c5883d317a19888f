const assignee: string | undefined = "u2";
const { tickets } = await tracker.list_tickets({ limit: 50, ...(assignee ? { assignee } : {}) });
return tickets.map(({ id }) => id);
/* @expect returns
["T-2","T-5","T-11","T-14"]
*/
