const { tickets } = await tracker.list_tickets({ limit: 50 });
const escape = (v) => `"${String(v ?? "").replaceAll('"', '""')}"`;
const csv = [
  ["id", "title", "assignee"].join(","),
  ...tickets.map((t) => [t.id, t.title, t.assignee].map(escape).join(",")),
].join("\n");
await filesystem.write_file({ path: "/data/tickets.csv", content: csv });
return csv.split("\n").slice(0, 2);
/* @expect returns
["id,title,assignee","\"T-1\",\"Write report\",\"u1\""]
*/
