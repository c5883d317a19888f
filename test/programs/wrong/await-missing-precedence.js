const text = await filesystem.read_text_file({ path: "/data/notes.txt" }).content;
return text.split("\n");
/* @expect refused 1:75 /await/ */
