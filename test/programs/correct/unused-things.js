const unused = 1;
function neverCalled() { return unknownButNeverRun; }
var unknownButNeverRun = 2;
const me = await github.get_me();
return me.login;
/* @expect returns
ada
*/
