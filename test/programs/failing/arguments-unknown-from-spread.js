const extra = JSON.parse('{"asignee": "u1"}');
const { tickets } = await tracker.list_tickets({ project: "web", ...extra });
return tickets.length;
/* @expect throws
ToolError: tracker.list_tickets: the arguments do not fit, so nothing was sent:
- asignee does not exist. Did you mean assignee?
tracker.list_tickets(input?: { project?: string; status?: "todo" | "doing" | "done"; assignee?: string | null; cursor?: string | null; limit?: number }): Promise<{ tickets: { id: string; title: string; project: string; status: "todo" | "doing" | "done"; priority: "low" | "medium" | "high" | "urgent"; assignee: string | null; due?: string | null; tags: string[]; estimate?: number; parent?: { id: string; title: string } | null; createdAt: string; …
The whole: await codemode.describe("tracker.list_tickets")
    at program.js:2:21
2 | const { tickets } = await tracker.list_tickets({ project: "web", ...extra });
                        ^
*/
