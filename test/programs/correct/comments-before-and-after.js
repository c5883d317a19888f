/*
 * Count commits per author.
 */
// Fetch the latest commits
const commits = await github.list_commits({ owner: "acme", repo: "web", perPage: 100 });
// Group them
const perAuthor = {};
for (const c of commits) {
  const name = c.author ? c.author.login : "unknown";
  perAuthor[name] = (perAuthor[name] ?? 0) + 1;
}
return perAuthor; // done
// That's it.
/* @expect returns
{"ada":4,"grace":2,"linus":2,"margaret":2,"unknown":2}
*/
