function tag(name, suffix) {
  return suffix ? `${name}-${suffix}` : name;
}
const me = await github.get_me();
return [tag(me.login), tag(me.login, "bot")];
/* @expect returns
["ada","ada-bot"]
*/
