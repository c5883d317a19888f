async function main() {
  const users = (await tracker.list_users()).users;
  const owner = users.find((u) => u.name === "Nobody");
  return JSON.parse(JSON.stringify({ owner })).owner.email;
}
main();
/* @expect throws
TypeError: Cannot read properties of undefined (reading 'email')
    at program.js:4:53
4 |   return JSON.parse(JSON.stringify({ owner })).owner.email;
                                                        ^
tracker.list_users gave { users: an array (4 items) of { id, name, email, role, active } }

Calls that had been made (1):
tracker.list_users ok (N ms)
*/
