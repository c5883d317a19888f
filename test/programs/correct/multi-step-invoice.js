const [customer] = await stripe.list_customers({ email: "ada@example.com", limit: 1 });
if (!customer) throw new Error("No such customer");
const product = await stripe.create_product({ name: "Consulting" });
const price = await stripe.create_price({ product: product.id, unit_amount: 15000, currency: "eur" });
const invoice = await stripe.create_invoice({ customer: customer.id, days_until_due: 14 });
await stripe.create_invoice_item({ customer: customer.id, price: price.id, invoice: invoice.id });
const final = await stripe.finalize_invoice({ invoice: invoice.id });
return { invoice: final.id, status: final.status };
/* @expect returns
{"invoice":"in_9","status":"open"}
*/
