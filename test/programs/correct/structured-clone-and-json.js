const { tickets } = await tracker.list_tickets({ limit: 2 });
const copy = structuredClone(tickets);
copy[0].title = "changed";
return { original: tickets[0].title, copy: JSON.parse(JSON.stringify(copy))[0].title };
/* @expect returns
{"original":"Write report","copy":"changed"}
*/
