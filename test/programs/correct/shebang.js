#!/usr/bin/env node
const stats = await tracker.get_stats({ project: "ops" });
return stats.velocity;
/* @expect returns
null
*/
