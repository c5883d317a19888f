const term = "C++ (";
const { content } = await filesystem.read_text_file({ path: "/data/notes.txt" });
return content.match(new RegExp(term, "g"));
/* @expect throws
SyntaxError: Invalid regular expression: /C++ (/g: Nothing to repeat
    at program.js:3:22
3 | return content.match(new RegExp(term, "g"));
                         ^

Calls that had been made (1):
filesystem.read_text_file ok (N ms)
*/
