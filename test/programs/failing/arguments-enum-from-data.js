const { content } = await filesystem.read_text_file({ path: "/data/app.log" });
const level = content.split("\n")[1].split(" ")[1];
const priority = JSON.parse(JSON.stringify({ level })).level;
await tracker.create_ticket({ project: "ops", title: "db timeout", priority });
return "created";
/* @expect throws
ToolError: tracker.create_ticket: the arguments do not fit, so nothing was sent:
- priority must be "low" | "medium" | "high" | "urgent", got the string "ERROR"
declare const tracker: {
// Create a ticket
create_ticket(input: { project: string; title: string; priority?: "low" | "medium" | "high" | "urgent"; assignee?: string; due?: string; tags?: string[]; estimate?: number }): Promise<{ id: string; url: string }>;
};
    at program.js:4:1
4 | await tracker.create_ticket({ project: "ops", title: "db timeout", priority });
    ^

Calls that had been made (1):
filesystem.read_text_file ok (N ms)
*/
