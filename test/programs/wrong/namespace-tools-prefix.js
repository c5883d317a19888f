const result = await tools.list_issues({ owner: "acme", repo: "web" });
return result;
/* @expect refused 1:22 /tools/ */
