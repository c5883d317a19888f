// 1. Configuration
const OWNER = "acme";
const REPO = "web";
const WEIGHTS = { bug: 5, performance: 3, enhancement: 2, docs: 1 };

// 2. Load everything in parallel
const [issues, pulls, commits, me] = await Promise.all([
  github.list_issues({ owner: OWNER, repo: REPO, state: "open", perPage: 100 }),
  github.list_pull_requests({ owner: OWNER, repo: REPO, state: "open" }),
  github.list_commits({ owner: OWNER, repo: REPO, perPage: 100 }),
  github.get_me(),
]);

// 3. Score the issues
const scored = issues.map((issue) => {
  const weight = issue.labels.reduce((max, { name }) => Math.max(max, WEIGHTS[name] ?? 0), 0);
  const age = (new Date("2026-11-01") - new Date(issue.created_at)) / 86_400_000;
  return { number: issue.number, title: issue.title, score: Math.round(weight * 10 + issue.comments + age / 30) };
});
scored.sort((a, b) => b.score - a.score || a.number - b.number);

// 4. Who is active?
const active = new Set();
for (const { author } of commits) if (author) active.add(author.login);
for (const { user, draft } of pulls) if (!draft) active.add(user.login);
active.delete(me.login);

// 5. Result
return {
  top: scored.slice(0, 2),
  active: [...active].sort(),
  mergeable: pulls.filter((p) => p.mergeable === true && p.base.ref === "main").map((p) => p.number),
};
/* @expect returns
{"top":[{"number":1,"title":"Login fails on Safari (1)","score":67},{"number":10,"title":"Crash when the list is empty (10)","score":64}],"active":["grace","linus","margaret"],"mergeable":[101]}
*/
