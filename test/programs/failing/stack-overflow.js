const { relations } = await memory.read_graph();
const depth = (name) => 1 + depth(relations.find((r) => r.from === name)?.to ?? name);
return depth("Ada");
/* @expect throws
RangeError: Maximum call stack size exceeded
…
2 | const depth = (name) => 1 + depth(relations.find((r) => r.from === name)?.to ?? name);
…

Calls that had been made (1):
memory.read_graph ok (N ms)
*/
