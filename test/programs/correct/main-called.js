async function main() {
  const repos = await github.search_repositories({ query: "org:acme" });
  return repos.items.filter(r => !r.archived).map(r => r.full_name);
}

main();
/* @expect returns
["acme/web","acme/api"]
*/
