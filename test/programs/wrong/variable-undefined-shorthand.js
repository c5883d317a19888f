const name = "web";
const { tickets } = await tracker.list_tickets({ project });
return tickets.length;
/* @expect refused 2:50 /project/ */
