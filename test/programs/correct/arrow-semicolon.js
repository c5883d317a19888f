async () => {
  const { users } = await tracker.list_users();
  return users.filter((u) => u.active).map((u) => u.name);
};
/* @expect returns
["Ada","Grace","Guest"]
*/
