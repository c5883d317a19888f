const ticket = await github.create_ticket({ project: "web", title: "Broken build" });
return ticket;
/* @expect refused 1:29 /tracker|list_tickets|create_issue/ */
