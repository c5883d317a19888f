interface Person {
  id: string;
  fullName: string;
}
const { users } = await tracker.list_users();
const people: Person[] = users;
return people.map((p) => p.fullName);
/* @expect refused 6:7 /assignee|name|missing|Property/ */
