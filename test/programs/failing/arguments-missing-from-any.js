const rows = JSON.parse('[{"name":"Ada"},{"title":"Fix login"}]');
for (const row of rows) {
  await tracker.create_ticket({ project: "web", title: row.title });
}
return rows.length;
/* @expect throws
ToolError: tracker.create_ticket: the arguments do not fit, so nothing was sent:
- title is missing; it must be a string (undefined counts as missing)
declare const tracker: {
// Create a ticket
create_ticket(input: { project: string; title: string; priority?: "low" | "medium" | "high" | "urgent"; assignee?: string; due?: string; tags?: string[]; estimate?: number }): Promise<{ id: string; url: string }>;
};
    at program.js:3:3
3 |   await tracker.create_ticket({ project: "web", title: row.title });
      ^
*/
