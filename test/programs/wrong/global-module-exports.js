async function main() {
  const me = await github.get_me();
  return me.login;
}
module.exports = main;
/* @expect missed
ReferenceError: module is not defined
    at program.js:5:1
5 | module.exports = main;
    ^
Nothing can be imported here: the tools are globals, and so is all of JavaScript's own library.
*/
