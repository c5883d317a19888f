const extra = JSON.parse('{"asignee": "u1"}');
const { tickets } = await tracker.list_tickets({ project: "web", ...extra });
return tickets.length;
/* @expect throws
ToolError: tracker.list_tickets: the arguments do not fit, so nothing was sent:
- asignee does not exist. Did you mean assignee?
tracker.list_tickets(input?: { project?: string; status?: "todo" | "doing" | "done"; assignee?: string | null; cursor?: string | null; limit?: number })
    at program.js:2:21
2 | const { tickets } = await tracker.list_tickets({ project: "web", ...extra });
                        ^
*/
