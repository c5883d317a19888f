const { tickets } = await tracker.list_tickets({ project: "web", status: "in_progress" });
return tickets.length;
/* @expect refused 1:66 /todo|doing|done/ */
