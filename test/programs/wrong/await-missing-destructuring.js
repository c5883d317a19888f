const { tickets } = tracker.list_tickets({ project: "web" });
return tickets.length;
/* @expect refused 1:9 /await/ */
