const { users } = await tracker.list_users();
return users.length;
/* @expect returns
4
*/
