const result = await github.search_issues({ q: "repo:acme/web is:open" });
return result.map((issue) => issue.title);
/* @expect throws
TypeError: result.map is not a function
    at program.js:2:15
2 | return result.map((issue) => issue.title);
                  ^

Calls that had been made (1):
github.search_issues ok (N ms)
*/
