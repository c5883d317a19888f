const tickets: { id: string; title: string }[] = [];
let cursor: string | null | undefined = undefined;
do {
  const page: { tickets: { id: string; title: string }[]; nextCursor: string | null } = await tracker.list_tickets(
    cursor ? { cursor, limit: 4 } : { limit: 4 },
  );
  tickets.push(...page.tickets);
  cursor = page.nextCursor;
} while (cursor);
return tickets.length;
/* @expect returns
14
*/
