const result = await memory.create_relations({ relations: { from: "Ada", to: "Web", relationType: "knows" } });
return result;
/* @expect refused 1:61 /does not exist in type/ */
