const { tickets } = await tracker.list_tickets({ limit: 4 });
const words = tickets.map((t) => {
  switch (t.status) {
    case "todo":
      return "waiting";
    case "doing":
      return "under way";
    case "done":
      return "finished";
  }
});
return words;
/* @expect returns
["waiting","under way","finished","waiting"]
*/
