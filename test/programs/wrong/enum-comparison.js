const { tickets } = await tracker.list_tickets({ limit: 50 });
for (const t of tickets) {
  if (t.priority === "critical") {
    await tracker.add_comment({ id: t.id, text: "Please look at this today" });
  }
}
return "done";
/* @expect refused 3:7 /overlap|critical|unintentional/ */
