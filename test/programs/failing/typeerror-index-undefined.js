const commits = await github.list_commits({ owner: "acme", repo: "web", perPage: 3 });
const oldest = commits[commits.length];
return oldest.commit.message;
/* @expect throws
TypeError: Cannot read properties of undefined (reading 'commit')
    at program.js:3:15
3 | return oldest.commit.message;
                  ^
github.list_commits gave an array (3 items) of { sha, commit, author }

Calls that had been made (1):
github.list_commits ok (N ms)
*/
