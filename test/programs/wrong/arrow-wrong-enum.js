async () => {
  const pulls = await github.list_pull_requests({ owner: "acme", repo: "web", state: "merged" });
  return pulls.map((p) => p.number);
};
/* @expect refused 2:79 /all|open|closed/ */
