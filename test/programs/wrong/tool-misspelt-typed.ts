async function velocity(project: string): Promise<number | null> {
  const stats = await tracker.getStats({ project });
  return stats.velocity;
}
return velocity("web");
/* @expect refused 2:31 /get_stats/ */
