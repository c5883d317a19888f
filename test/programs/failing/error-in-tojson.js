const value = { toJSON() { throw new Error("cannot be serialised"); } };
await tracker.add_comment({ id: "T-1", text: JSON.stringify(value) });
return "commented";
/* @expect throws
Error: cannot be serialised
    at program.js:1:34
    at program.js:2:51
1 | const value = { toJSON() { throw new Error("cannot be serialised"); } };
                                     ^
*/
