const me = await github.get_me();
console.lgo(me);
return me.login;
/* @expect refused 2:9 /lgo/ */
