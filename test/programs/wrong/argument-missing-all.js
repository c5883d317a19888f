const file = await filesystem.read_text_file();
return file.content;
/* @expect refused 1:31 /path|argument/ */
