const me = tracker.list_users();
await tracker.add_comment({ id: "T-1", text: me });
return "ok";
/* @expect refused 2:40 /await|Promise/ */
