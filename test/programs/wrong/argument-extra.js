const { users } = await tracker.list_users({ project: "web" });
return users;
/* @expect missed
ToolError: tracker.list_users: the arguments do not fit, so nothing was sent:
- project does not exist. Nothing may be given here
declare const tracker: {
// Everybody in the workspace
list_users(): Promise<{ users: { id: string; name: string; email?: string; role: "admin" | "member" | "guest"; active: boolean }[] }>;
};
    at program.js:1:19
1 | const { users } = await tracker.list_users({ project: "web" });
                      ^
*/
