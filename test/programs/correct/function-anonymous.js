async function () {
  const result = await memory.search_nodes({ query: "acme" });
  return result.entities.length;
}
/* @expect returns
2
*/
