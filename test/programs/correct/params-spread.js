const base = { owner: "acme", repo: "web" };
const [open, closed] = await Promise.all([
  github.list_issues({ ...base, state: "open", perPage: 100 }),
  github.list_issues({ ...base, state: "closed", perPage: 100 }),
]);
return { open: open.length, closed: closed.length };
/* @expect returns
{"open":18,"closed":5}
*/
