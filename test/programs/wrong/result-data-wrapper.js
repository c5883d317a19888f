const { data } = await tracker.get_stats({ project: "web" });
return data.velocity;
/* @expect refused 1:9 /data/ */
