export default async () => {
  const { users } = await tracker.list_users();
  return users.filter((u) => u.isAdmin).map((u) => u.name);
};
/* @expect refused 3:32 /role/ */
