{
  const me = await github.get_me();
  if (me.login === "ada") {
    return "it is ada";
  }
}
return "somebody else";
/* @expect returns
it is ada
*/
