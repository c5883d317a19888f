async function countTodo(): Promise<string> {
  const stats = await tracker.get_stats({ project: "web" });
  return stats.byStatus["todo"] + 1;
}
return countTodo();
/* @expect missed
5
*/
