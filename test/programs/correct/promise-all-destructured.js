const [me, repos, balance] = await Promise.all([
  github.get_me(),
  github.search_repositories({ query: "acme" }),
  stripe.retrieve_balance(),
]);
return { login: me.login, repos: repos.total_count, currencies: balance.available.map(a => a.currency) };
/* @expect returns
{"login":"ada","repos":3,"currencies":["eur","usd"]}
*/
