const prices = await stripe.list_prices({ product: "prod_1" });
return prices.map((p) => new Intl.NumberFormat("en-US", { style: "currency", currency: p.currency.toUpperCase() }).format(p.unit_amount / 100));
/* @expect returns
["€9.00"]
*/
