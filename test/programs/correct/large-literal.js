const people = [
  { id: "u1", team: "core" },
  { id: "u2", team: "core" },
  { id: "u3", team: "web" },
];
const teams = {};
for (const { id, team } of people) (teams[team] ||= []).push(id);
const { users } = await tracker.list_users();
return Object.entries(teams).map(([team, ids]) => ({ team, names: users.filter((u) => ids.includes(u.id)).map((u) => u.name) }));
/* @expect returns
[{"team":"core","names":["Ada","Grace"]},{"team":"web","names":["Linus"]}]
*/
