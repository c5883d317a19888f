const updates = [1, 404].map((issue_number) =>
  github.update_issue({ owner: "acme", repo: "web", issue_number, state: "closed" })
);
return { updated: updates.length };
/* @expect throws
ToolError: github.update_issue: 404 Not Found: there is no #404 in acme/web
    at program.js:2:10
    at program.js:1:26
2 |   github.update_issue({ owner: "acme", repo: "web", issue_number, state: "closed" })
             ^
Nobody awaited this. Write await before it; for several at once, await Promise.all(list.map(...)). forEach awaits nothing.

All the same, the program returned:

{"updated":2}

Calls that had been made (2):
github.update_issue ok (N ms)
github.update_issue failed (N ms)
*/
