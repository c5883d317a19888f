import fs from "node:fs";
const text = fs.readFileSync("/data/notes.txt", "utf8");
return text;
/* @expect refused 1:1 /import|filesystem|module/ */
