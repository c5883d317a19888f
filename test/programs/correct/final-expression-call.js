github.get_me()
/* @expect returns
{"login":"ada","name":"Ada L.","public_repos":7}
*/
