const commits = await github.list_commits({ owner: "acme", repo: "web" });

const last = commits.find((c) => c.sha === "none");
return last.sha;
/* @expect throws
TypeError: Cannot read properties of undefined (reading 'sha')
    at program.js:4:13
4 | return last.sha;
                ^
github.list_commits gave an array (10 items) of { sha, commit, author (sometimes null) }

Calls that had been made (1):
github.list_commits ok (N ms)
*/
