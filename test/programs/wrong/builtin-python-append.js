const names = ["first"];
const { users } = await tracker.list_users();
for (const user of users) names.append(user.name);
return names;
/* @expect refused 3:33 /append|push/ */
