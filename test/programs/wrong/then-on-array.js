const issues = [github.get_me()];
return issues.then((r) => r);
/* @expect refused 2:15 /then/ */
