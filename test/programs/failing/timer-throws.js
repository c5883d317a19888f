await new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error("no answer within 5 ms")), 5);
});
/* @expect throws
Error: no answer within 5 ms
    at program.js:2:27
2 |   setTimeout(() => reject(new Error("no answer within 5 ms")), 5);
                              ^
*/
