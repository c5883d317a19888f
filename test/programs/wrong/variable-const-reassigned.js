const page = 1;
const all = [];
while (all.length < 20) {
  const batch = await github.list_issues({ owner: "acme", repo: "web", page });
  all.push(...batch);
  page++;
}
return all.length;
/* @expect refused 6:3 /constant|const/ */
