const { data } = await github.rest.issues.listForRepo({ owner: "acme", repo: "web" });
return data.length;
/* @expect refused 1:31 /rest|list_issues/ */
