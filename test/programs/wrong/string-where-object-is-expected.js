const result = await memory.add_observations({ observations: ["Ada likes tea"] });
return result.results.length;
/* @expect refused 1:63 /observations|string|object/ */
