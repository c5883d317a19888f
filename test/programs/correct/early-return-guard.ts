const { users } = await tracker.list_users();
const admin = users.find((u) => u.role === "admin");
if (!admin) return "no admin";
if (!admin.email) return "no email";
return admin.email.toLowerCase();
/* @expect returns
ada@example.com
*/
