async function main() {
  const graph = await memory.read_graph();
  if (graph.entities.length < 100) throw new Error();
}
main();
/* @expect throws
Error: (no message)
    at program.js:3:42
3 |   if (graph.entities.length < 100) throw new Error();
                                             ^

Calls that had been made (1):
memory.read_graph ok (N ms)
*/
