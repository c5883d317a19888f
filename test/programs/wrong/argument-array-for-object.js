const result = await filesystem.read_multiple_files(["/data/notes.txt", "/data/config.json"]);
return result.content;
/* @expect refused 1:53 /path|paths|content/ */
