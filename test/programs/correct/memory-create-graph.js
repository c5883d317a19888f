await memory.create_entities({
  entities: [
    { name: "Grace", entityType: "person", observations: ["Wrote a compiler"] },
    { name: "COBOL", entityType: "language", observations: [] },
  ],
});
await memory.create_relations({ relations: [{ from: "Grace", to: "COBOL", relationType: "designed" }] });
const { results } = await memory.add_observations({ observations: [{ entityName: "Ada", contents: ["Knows Grace"] }] });
return results[0].addedObservations;
/* @expect returns
["Knows Grace"]
*/
