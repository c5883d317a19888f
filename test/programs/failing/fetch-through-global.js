const request = globalThis["fetch"];
const response = await request("https://api.github.com/repos/acme/web");
return await response.json();
/* @expect throws
Error: This worker is not permitted to access the internet via global functions like fetch(). It must use capabilities (such as bindings in 'env') to talk to the outside world.
    at program.js:2:24
2 | const response = await request("https://api.github.com/repos/acme/web");
                           ^
There is no network here: call a tool. await codemode.search("...") finds one.
*/
