const stats = await tracker.get_stats({ project: "web" });
const [[mostStatus, most]] = Object.entries(stats.byStatus).sort(([, a], [, b]) => b - a);
return `${mostStatus}: ${most}`;
/* @expect returns
todo: 4
*/
