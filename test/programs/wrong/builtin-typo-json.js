const graph = await memory.read_graph();
await filesystem.write_file({ path: "/data/graph.json", content: JSON.stringfy(graph) });
return "saved";
/* @expect refused 2:71 /stringify/ */
