const all = [...github.list_issues({ owner: "acme", repo: "web" }), 1];
return all.length;
/* @expect refused 1:17 /await/ */
