const exit = (code: number): never => {
  throw code;
};
const { users } = await tracker.list_users();
if (users.some((u) => !u.active)) exit(2);
return "ok";
/* @expect throws
The program threw a number: 2

Calls that had been made (1):
tracker.list_users ok (N ms)
*/
