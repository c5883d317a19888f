const response = await fetch("https://api.github.com/repos/acme/web/issues");
const issues = await response.json();
return issues.length;
/* @expect refused 1:24 /fetch|network|tool/ */
