const graph = await memory.read_graph();
const names = [];
for (const entity of graph) names.push(entity.name);
return names;
/* @expect refused 3:22 /iterator|iterable|entities/ */
