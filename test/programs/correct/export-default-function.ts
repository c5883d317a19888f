export default async function run() {
  const { users } = await tracker.list_users();
  return users.find((user) => user.role === "admin")?.name ?? "nobody";
}
/* @expect returns
Ada
*/
