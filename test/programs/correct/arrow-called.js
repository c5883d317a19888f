(async () => {
  const stats = await tracker.get_stats({ project: "web" });
  return stats.byStatus;
})();
/* @expect returns
{"todo":4,"doing":3,"done":3}
*/
