const tickets = ["T-1", "T-2"].map(async (id) => tracker.get_ticket({ id }));
const titles: string[] = tickets.map((t) => t.title);
return titles;
/* @expect refused 2:47 /await|Promise/ */
