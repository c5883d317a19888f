const { entities, relations } = await memory.read_graph();
const neighbours = (name) => relations.flatMap((r) => (r.from === name ? [r.to] : r.to === name ? [r.from] : []));
return entities.map((e) => ({ name: e.name, neighbours: neighbours(e.name) }));
/* @expect returns
[{"name":"Ada","neighbours":["Acme","Web"]},{"name":"Acme","neighbours":["Ada","Web"]},{"name":"Web","neighbours":["Ada","Acme"]}]
*/
