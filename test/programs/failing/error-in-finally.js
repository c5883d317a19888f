let connection = JSON.parse("null");
try {
  await github.get_me();
} finally {
  connection.close();
}
/* @expect throws
TypeError: Cannot read properties of null (reading 'close')
    at program.js:5:14
5 |   connection.close();
                 ^
github.get_me gave { login: string, name: string, public_repos: number }

Calls that had been made (1):
github.get_me ok (N ms)
*/
