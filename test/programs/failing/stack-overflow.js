const { relations } = await memory.read_graph();
function depth(name) {
  const next = relations.find((r) => r.from === name);
  return 1 + depth(next ? next.to : name);
}
return depth("Ada");
/* @expect throws
RangeError: Maximum call stack size exceeded
    at program.js:3:31
    at program.js:3:26
    at program.js:4:14
    at program.js:4:14
    at program.js:4:14
    at program.js:4:14
    at program.js:4:14
    at program.js:4:14
    at program.js:4:14
3 |   const next = relations.find((r) => r.from === name);
                                  ^

Calls that had been made (1):
memory.read_graph ok (N ms)
*/
