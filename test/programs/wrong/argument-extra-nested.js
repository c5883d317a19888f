await memory.create_entities({
  entities: [{ name: "Zoe", type: "person", observations: [] }],
});
return "ok";
/* @expect refused 2:29 /entityType|type/ */
