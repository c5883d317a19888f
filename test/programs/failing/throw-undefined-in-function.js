function check(value) {
  if (!value) throw undefined;
  return value;
}
return check((await github.get_me()).company);
/* @expect throws
The program threw undefined

Calls that had been made (1):
github.get_me ok (N ms)
*/
