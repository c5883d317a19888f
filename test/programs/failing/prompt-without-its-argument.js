const { messages } = await codemode.prompts.get("github.review", { focus: "tests" });
return messages[0].content.text;
/* @expect throws
ToolError: codemode.prompts.get: it is not there. It is codemode.prompts.get("github.review", { number, focus? }).
    at program.js:1:22
1 | const { messages } = await codemode.prompts.get("github.review", { focus: "tests" });
                         ^

Calls that had been made (1):
codemode.prompts.get(github) failed (N ms)
*/
