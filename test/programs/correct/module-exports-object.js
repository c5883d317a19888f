const me = await github.get_me();
({ login: me.login, repos: me.public_repos });
/* @expect returns
{"login":"ada","repos":7}
*/
