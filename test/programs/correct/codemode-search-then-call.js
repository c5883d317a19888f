const [tool] = await codemode.search("list tickets", { namespace: "tracker", limit: 1 });
const result = await codemode.raw(tool.name, { project: "ops" });
return { name: tool.name, tickets: result.structuredContent.tickets.length, isError: result.isError ?? false };
/* @expect returns
{"name":"tracker.list_tickets","tickets":4,"isError":false}
*/
