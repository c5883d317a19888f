const users = await tracker.list_users();
return users.length;
/* @expect refused 2:14 /length|users/ */
