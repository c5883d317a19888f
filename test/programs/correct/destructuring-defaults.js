const { users } = await tracker.list_users();
return users.map(({ name, email = "unknown" }) => `${name} <${email}>`);
/* @expect returns
["Ada <ada@example.com>","Grace <grace@example.com>","Linus <unknown>","Guest <unknown>"]
*/
