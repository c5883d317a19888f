"use strict";

const graph = await memory.read_graph({});
const degree = {};
graph.relations.forEach(function (relation) {
  degree[relation.from] = (degree[relation.from] || 0) + 1;
  degree[relation.to] = (degree[relation.to] || 0) + 1;
});
return degree;
/* @expect returns
{"Ada":2,"Acme":2,"Web":2}
*/
