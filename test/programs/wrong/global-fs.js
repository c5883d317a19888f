const text = await fs.promises.readFile("/data/notes.txt", "utf8");
return text.length;
/* @expect refused 1:20 /fs|filesystem/ */
