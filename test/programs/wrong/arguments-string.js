const file = await filesystem.read_text_file("/data/notes.txt");
return file.content;
/* @expect refused 1:46 /object|string/ */
