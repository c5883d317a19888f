function groupBy<T, K extends string>(items: readonly T[], keyOf: (item: T) => K): Record<K, T[]> {
  const groups = {} as Record<K, T[]>;
  for (const item of items) (groups[keyOf(item)] ??= []).push(item);
  return groups;
}

const { tickets } = await tracker.list_tickets({ limit: 50 });
const groups = groupBy(tickets, (t) => t.status);
return { todo: groups.todo.length, doing: groups.doing.length, done: groups.done.length };
/* @expect returns
{"todo":5,"doing":5,"done":4}
*/
