const { commit: { author: { name }, message }, sha } = (await github.list_commits({ owner: "acme", repo: "web" }))[0];
return { sha, name, subject: message.split("\n")[0] };
/* @expect returns
{"sha":"aaaaaaaa","name":"ada","subject":"fix: change 1"}
*/
