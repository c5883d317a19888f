const ids = ["T-1", "T-2"];
const tickets = ids.map((id) => tracker.get_ticket({ id }));
return tickets.map((t) => t.title);
/* @expect refused 3:29 /await|Promise/ */
