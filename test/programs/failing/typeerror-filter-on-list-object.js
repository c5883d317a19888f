const invoices = await stripe.list_invoices({ customer: "cus_1" });
const open = invoices.filter((invoice) => invoice.status === "open");
return open.length;
/* @expect throws
TypeError: invoices.filter is not a function
    at program.js:2:23
2 | const open = invoices.filter((invoice) => invoice.status === "open");
                          ^
stripe.list_invoices gave { object: string, has_more: boolean, data: an array (2 items) of { id, customer, status, amount_due, amount_paid, … } }

Calls that had been made (1):
stripe.list_invoices ok (N ms)
*/
