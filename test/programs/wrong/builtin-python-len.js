const { users } = await tracker.list_users();
return len(users);
/* @expect refused 2:8 /len|length/ */
