const result = await memory.create_entities({ entities: [{ name: "Zoe", entityType: "person" }] });
return result.entities.length;
/* @expect refused 1:58 /observations/ */
