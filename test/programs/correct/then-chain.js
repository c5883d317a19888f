return github
  .search_issues({ q: "repo:acme/web label:docs", sort: "created", order: "desc" })
  .then((result) => result.items)
  .then((items) => items.map((item) => item.number))
  .catch((error) => [error.message])
  .finally(() => console.log("searched"));
/* @expect returns
[3,9,15,21]

Console:
searched
*/
