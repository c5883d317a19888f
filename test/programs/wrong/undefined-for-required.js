let id;
const ticket = await tracker.get_ticket({ id });
return ticket.title;
/* @expect missed
ToolError: tracker.get_ticket: the arguments do not fit, so nothing was sent:
- id is missing; it must be a string (undefined counts as missing)
declare const tracker: {
// One ticket
get_ticket(input: { id: string }): Promise<{ id: string; title: string; project: string; status: "todo" | "doing" | "done"; priority: "low" | "medium" | "high" | "urgent"; assignee: string | null; due?: string | null; tags: string[]; estimate?: number; parent?: { id: string; title: string } | null; createdAt: string; comments: { author: string; text: string; at: string }[] }>;
};
    at program.js:2:16
2 | const ticket = await tracker.get_ticket({ id });
                   ^
*/
