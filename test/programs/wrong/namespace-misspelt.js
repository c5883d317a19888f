const me = await gihub.get_me();
return me.login;
/* @expect refused 1:18 /gihub/ */
