tracker.add_comment({ id: "T-404", text: "starting" });
const stats = await tracker.get_stats({ project: "ops" });
throw new Error(`velocity is ${stats.velocity}`);
/* @expect throws
Error: velocity is null
    at program.js:3:7
3 | throw new Error(`velocity is ${stats.velocity}`);
          ^

Console:
[error] Unhandled rejection: ToolError: tracker.add_comment: no ticket T-404

Notes:
program.js:1:1 tracker.add_comment is called without `await`: the program goes on before it has an answer.

Calls that had been made (2):
tracker.add_comment failed (N ms)
tracker.get_stats ok (N ms)
*/
