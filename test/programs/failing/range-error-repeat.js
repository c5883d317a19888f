const stats = await tracker.get_stats({ project: "web" });
return "#".repeat(stats.byStatus.todo - 10);
/* @expect throws
RangeError: Invalid count value: -6
    at program.js:2:12
2 | return "#".repeat(stats.byStatus.todo - 10);
               ^

Calls that had been made (1):
tracker.get_stats ok (N ms)
*/
