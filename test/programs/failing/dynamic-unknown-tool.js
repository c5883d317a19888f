const action = "create" + "_tickets";
const api = JSON.parse("{}");
const tool = api[action] ?? tracker[action];
return await tool({ project: "web", title: "x" });
/* @expect throws
ToolError: There is no tool "create_tickets" in tracker. Did you mean:
  tracker.create_ticket(input: { project: string; title: string; priority?: "low" | "medium" | "high" | "urgent"; assignee?: string; due?: string; tags?: string[]; estimate?: number }): Promise<{ id: string; url: string }>
  tracker.update_ticket(input: { id: string; status?: "todo" | "doing" | "done"; priority?: "low" | "medium" | "high" | "urgent"; assignee?: string | null; tags?: string[] }): Promise<{ id: string; title: string; project: string; status: "todo" | "doing" | "done"; priority: "low" | "medium" | "high" …
  tracker.get_ticket(input: { id: string }): Promise<{ id: string; title: string; project: string; status: "todo" | "doing" | "done"; priority: "low" | "medium" | "high" | "urgent"; assignee: string | null; due?: string | null; tags: string[]; estimate?: number; parent?: { id: string; title: string }…
Use codemode.search("...", { namespace: "tracker" }) to find a tool.
    at program.js:4:8
4 | return await tool({ project: "web", title: "x" });
           ^
*/
