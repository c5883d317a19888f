const { content } = await filesystem.read_text_file({ path: "/data/notes.txt" });
return content.contains("TODO");
/* @expect refused 2:16 /contains|includes/ */
