(async () => {
  const file = await github.get_file_contents({ owner: "acme", repo: "web", path: "README.md" });
  return JSON.parse(atob(file.content));
})();
/* @expect throws
SyntaxError: Unexpected token '#', "# Web

The"... is not valid JSON
    at program.js:3:15
3 |   return JSON.parse(atob(file.content));
                  ^
github.get_file_contents gave { name: string, path: string, encoding: string, content: string }

Calls that had been made (1):
github.get_file_contents ok (N ms)
*/
