const text = await filesystem.read_text_file({ path: "/data/notes.txt" });
return text.split("\n").length;
/* @expect refused 2:13 /content|split/ */
