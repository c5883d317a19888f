import type { Ticket } from "./types";

const { tickets } = await tracker.list_tickets({ limit: 3 });
return tickets.length;
/* @expect returns
3
*/
