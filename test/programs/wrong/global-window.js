const me = await github.get_me();
window.localStorage.setItem("me", me.login);
return me.login;
/* @expect refused 2:1 /window|globalThis|browser/ */
