const names = JSON.parse('["Zoe", 42]');
await memory.create_entities({
  entities: names.map((name) => ({ name, entityType: "person", observations: [] })),
});
return "ok";
/* @expect throws
ToolError: memory.create_entities: the arguments do not fit, so nothing was sent:
- entities[1].name must be a string, got 42
memory.create_entities(input: { entities: { name: string; entityType: string; observations: string[] }[] }): Promise<{ entities: { name: string; entityType: string; observations: string[] }[] }>
    at program.js:2:1
2 | await memory.create_entities({
    ^
*/
