const issues = await github.list_issues({ state: "open" });
return issues.length;
/* @expect refused 1:41 /owner|repo/ */
