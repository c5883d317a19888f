const invoices = await stripe.list_invoices({ limit: 100 });
const total = invoices.data
  .filter((inv) => inv.status === "open")
  .reduce((sum, inv) => sum + inv.amount_due, 0);
return (total / 100).toFixed(2);
/* @expect returns
499.00
*/
