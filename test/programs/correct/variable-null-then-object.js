let best = null;
const pulls = await github.list_pull_requests({ owner: "acme", repo: "web", state: "all" });
for (const pull of pulls) {
  if (best === null || pull.additions > best.additions) {
    best = pull;
  }
}
return best.title;
/* @expect returns
Dark mode
*/
