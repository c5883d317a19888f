const { tickets } = await tracker.list_tickets({ limit: 50 });
const total = tickets.reduce((sum, t) => sum + (t.estimate || 0), 0);
const withParent = tickets.filter((t) => t.parent).map((t) => t.parent.title);
const dues = tickets.filter((t) => t.due).map((t) => t.due.slice(0, 7));
return { total, withParent, dues };
/* @expect returns
{"total":49,"withParent":["Write report","Write report"],"dues":["2026-11","2026-11"]}
*/
