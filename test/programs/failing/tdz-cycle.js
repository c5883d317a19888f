const config = (() => makeConfig())();
function makeConfig() {
  return { retries: limit };
}
const limit = 3;
return config;
/* @expect throws
ReferenceError: Cannot access 'limit' before initialization
    at program.js:3:21
    at program.js:1:23
    at program.js:1:36
3 |   return { retries: limit };
                        ^
*/
