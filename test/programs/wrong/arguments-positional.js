const issues = await github.list_issues("acme", "web");
return issues.length;
/* @expect refused 1:49 /takes one object/ */
