const commits = await github.list_commits({ owner: "acme", repo: "web", perPage: 100 });
return commits.map(({ author: { login } }) => login);
/* @expect throws
TypeError: Cannot read properties of null (reading 'login')
    at program.js:2:33
    at program.js:2:16
2 | return commits.map(({ author: { login } }) => login);
                                    ^
github.list_commits gave an array (12 items) of { sha, commit, author (sometimes null) }

Calls that had been made (1):
github.list_commits ok (N ms)
*/
