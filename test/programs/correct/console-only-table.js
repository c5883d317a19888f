const prices = await stripe.list_prices({});
console.table(prices.map(({ id, unit_amount }) => ({ id, unit_amount })));
console.warn("no discount applied");
return null;
/* @expect returns
null

Console:
[{"id":"price_1","unit_amount":900},{"id":"price_2","unit_amount":4900},{"id":"price_3","unit_amount":49000}]
[warn] no discount applied
*/
