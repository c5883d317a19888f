const { content } = await filesystem.read_text_file({ path: "/data/config.json" });
const AsyncFunction: any = Object.getPrototypeOf(async () => {}).constructor;
return await new AsyncFunction(`return ${content}`)();
/* @expect throws
EvalError: Code generation from strings disallowed for this context
    at program.js:3:14
3 | return await new AsyncFunction(`return ${content}`)();
                 ^
Code cannot be made from text here: write it into the program.

Calls that had been made (1):
filesystem.read_text_file ok (N ms)
*/
