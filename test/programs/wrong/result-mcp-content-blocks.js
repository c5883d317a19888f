const result = await filesystem.read_text_file({ path: "/data/notes.txt" });
return result.content[0].text;
/* @expect refused 2:26 /text|string/ */
