(async function () {
  const graph = await memory.read_graph();
  return graph.entities.map((e) => e.name);
})();
/* @expect returns
["Ada","Acme","Web"]
*/
