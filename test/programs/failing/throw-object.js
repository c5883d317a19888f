const stats = await tracker.get_stats({ project: "ops" });
if (stats.velocity === null) throw { code: "NO_VELOCITY", project: "ops" };
return stats;
/* @expect throws
The program threw an object: {"code":"NO_VELOCITY","project":"ops"}

Calls that had been made (1):
tracker.get_stats ok (N ms)
*/
