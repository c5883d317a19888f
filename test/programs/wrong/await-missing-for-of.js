const names = [];
for (const branch of github.list_branches({ owner: "acme", repo: "web" })) {
  names.push(branch.name);
}
return names;
/* @expect refused 2:22 /await/ */
