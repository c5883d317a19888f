const formula = "1 + 2";
const run = globalThis["ev" + "al"];
return run(formula);
/* @expect throws
EvalError: Code generation from strings disallowed for this context
    at program.js:3:8
3 | return run(formula);
           ^
Code cannot be made from text here: write it into the program.
*/
