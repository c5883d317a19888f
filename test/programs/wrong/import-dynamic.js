const { readFile } = await import("node:fs/promises");
return await readFile("/data/notes.txt", "utf8");
/* @expect refused 1:28 /import/ */
