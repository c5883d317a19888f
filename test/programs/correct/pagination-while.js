const all = [];
let page = 1;
while (true) {
  const batch = await github.list_issues({ owner: "acme", repo: "web", state: "all", page, perPage: 10 });
  all.push(...batch);
  if (batch.length < 10) break;
  page++;
}
return { total: all.length, closed: all.filter((i) => i.state === "closed").length };
/* @expect returns
{"total":23,"closed":5}
*/
