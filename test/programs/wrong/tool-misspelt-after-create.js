const invoice = await stripe.create_invoice({ customer: "cus_1" });
await stripe.create_invoice_item({ customer: "cus_1", price: "price_1", invoice: invoice.id });
return await stripe.finalise_invoice({ invoice: invoice.id });
/* @expect refused 3:21 /finalize_invoice/ */
