tracker.add_comment({ id: "T-404", text: "ping" });
return "commented";
/* @expect throws
ToolError: tracker.add_comment: no ticket T-404
    at program.js:1:9
1 | tracker.add_comment({ id: "T-404", text: "ping" });
            ^
Nobody awaited this. Write await before it; for several at once, await Promise.all(list.map(...)). forEach awaits nothing.

All the same, the program returned:

commented

Notes:
program.js:1:1 tracker.add_comment is called without `await`: the program goes on before it has an answer.

Calls that had been made (1):
tracker.add_comment failed (N ms)
*/
