const config = JSON.parse(await filesystem.read_text_file({ path: "/data/config.json" }));
return config.version;
/* @expect refused 1:27 /string|content/ */
