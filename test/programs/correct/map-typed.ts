const counts = new Map<string, number>();
const { tickets } = await tracker.list_tickets({ limit: 50 });
for (const { tags } of tickets) {
  for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
}
return Object.fromEntries(counts);
/* @expect returns
{"q4":12,"backend":6}
*/
