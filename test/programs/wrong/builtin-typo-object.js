const { byStatus } = await tracker.get_stats({ project: "web" });
return Object.entires(byStatus).map(([status, count]) => `${status}=${count}`);
/* @expect refused 2:15 /entries/ */
