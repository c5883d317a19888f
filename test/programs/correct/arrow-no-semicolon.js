async () => {
  const me = await github.get_me();
  return `Hello ${me.name}`;
}
/* @expect returns
Hello Ada L.
*/
