console.log("Fetching users…");
const { users } = await tracker.list_users();
console.log("Got", users.length, "users");
users.forEach((u, i) => console.info(i, u));
return users.filter((u) => u.role === "guest").length;
/* @expect returns
1

Console:
Fetching users…
Got 4 users
[info] 0 {"id":"u1","name":"Ada","email":"ada@example.com","role":"admin","active":true}
[info] 1 {"id":"u2","name":"Grace","email":"grace@example.com","role":"member","active":true}
[info] 2 {"id":"u3","name":"Linus","role":"member","active":false}
[info] 3 {"id":"u4","name":"Guest","role":"guest","active":true}
*/
