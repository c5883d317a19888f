const names = new Map<string, string>();
const { users } = await tracker.list_users();
for (const user of users) names.set(user.id, user.nmae);
return Object.fromEntries(names);
/* @expect refused 3:51 /number|string|Map|index/ */
