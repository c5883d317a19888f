const ticket = await tracker.create_ticket({ project: "web", title: "Plan", due: new Date("2026-12-01") });
return ticket.url;
/* @expect refused 1:77 /string|Date/ */
