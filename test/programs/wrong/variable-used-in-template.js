const user = await github.get_me();
await tracker.create_ticket({ project: "web", title: `Report for ${login}` });
return "created";
/* @expect refused 2:68 /login|user/ */
