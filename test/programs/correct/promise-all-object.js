const [customers, products, prices] = await Promise.all([
  stripe.list_customers({ limit: 10 }),
  stripe.list_products({ limit: 10 }),
  stripe.list_prices({ limit: 10 }),
]);

const productById = Object.fromEntries(products.map((p) => [p.id, p]));
return prices.map((price) => ({
  product: productById[price.product].name,
  amount: price.unit_amount / 100,
  customers: customers.length,
}));
/* @expect returns
[{"product":"Starter","amount":9,"customers":3},{"product":"Team","amount":49,"customers":3},{"product":"Team","amount":490,"customers":3}]
*/
