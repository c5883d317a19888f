const fs = require("fs");
const text = fs.readFileSync("/data/notes.txt", "utf8");
return text;
/* @expect refused 1:12 /require|filesystem|import/ */
