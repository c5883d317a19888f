const me = await github.get_me();
const parsed = JSON.parse(me.content[0].text);
return parsed.login;
/* @expect throws
TypeError: Cannot read properties of undefined (reading '0')
    at program.js:2:37
2 | const parsed = JSON.parse(me.content[0].text);
                                        ^
github.get_me gave { login: string, name: string, public_repos: number }

Calls that had been made (1):
github.get_me ok (N ms)
*/
