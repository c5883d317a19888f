const { users } = await tracker.list_users();
if (users.length < 10) throw "not enough users";
return users;
/* @expect throws
The program threw a string: not enough users

Calls that had been made (1):
tracker.list_users ok (N ms)
*/
