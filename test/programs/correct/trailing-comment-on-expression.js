const data = await filesystem.read_text_file({ path: "/data/config.json" });
JSON.parse(data.content).version // the version
/* @expect returns
1.4.2
*/
