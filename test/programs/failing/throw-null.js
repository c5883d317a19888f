const me = await github.get_me();
if (me.login) throw null;
/* @expect throws
The program threw null

Calls that had been made (1):
github.get_me ok (N ms)
*/
