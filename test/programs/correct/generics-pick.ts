function pick<T extends object, K extends keyof T>(value: T, ...keys: K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, value[key]])) as Pick<T, K>;
}

const ticket = await tracker.get_ticket({ id: "T-2" });
return pick(ticket, "id", "status", "assignee");
/* @expect returns
{"id":"T-2","status":"doing","assignee":"u2"}
*/
