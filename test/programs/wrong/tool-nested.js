const list = await github.issues.list({ owner: "acme", repo: "web" });
return list;
/* @expect refused 1:27 /issues/ */
