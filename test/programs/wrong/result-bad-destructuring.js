const { nodes, relations } = await memory.read_graph();
return nodes.length + relations.length;
/* @expect refused 1:9 /nodes|entities/ */
