const { byStatus, velocity } = await tracker.get_stats({ project: "ops" });
let verdict;
if (velocity === null) verdict = "unknown";
else if (velocity > 5) verdict = "fast";
else verdict = "slow";
return verdict + " with " + byStatus.todo + " to do";
/* @expect returns
unknown with 1 to do
*/
