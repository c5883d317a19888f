const me = await github.get_me();
return me.login === "ada" ? Promise.reject(new Error("ada is not allowed to do this")) : me;
/* @expect throws
Error: ada is not allowed to do this
    at program.js:2:44
2 | return me.login === "ada" ? Promise.reject(new Error("ada is not allowed to do this")) : me;
                                               ^

Calls that had been made (1):
github.get_me ok (N ms)
*/
