const list = (strings, ...values) => strings.reduce((out, s, i) => out + s + (i < values.length ? JSON.stringify(values[i]) : ""), "");
const me = await github.get_me();
return list`user=${me.login}, repos=${me.public_repos}`;
/* @expect returns
user="ada", repos=7
*/
