const value = await new Promise((resolve, reject) => {
  throw new TypeError("executor failed");
});
return value;
/* @expect throws
TypeError: executor failed
    at program.js:2:9
    at program.js:1:21
2 |   throw new TypeError("executor failed");
            ^
*/
