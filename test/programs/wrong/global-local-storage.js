const last = localStorage.getItem("cursor");
const { tickets } = await tracker.list_tickets({ cursor: last });
return tickets.length;
/* @expect refused 1:14 /localStorage|kept/ */
