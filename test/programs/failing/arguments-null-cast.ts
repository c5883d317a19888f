const cursor: any = null;
const { data } = await stripe.list_invoices({ customer: cursor, limit: 5 });
return data.length;
/* @expect throws
ToolError: stripe.list_invoices: the arguments do not fit, so nothing was sent:
- customer must be a string, got null; leave it out instead
stripe.list_invoices(input?: { customer?: string; limit?: number }): Promise<any>
    at program.js:2:18
2 | const { data } = await stripe.list_invoices({ customer: cursor, limit: 5 });
                     ^
*/
