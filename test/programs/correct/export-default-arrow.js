export default async () => {
  const prices = await stripe.list_prices({ product: "prod_2" });
  return prices.map((p) => p.unit_amount);
};
/* @expect returns
[4900,49000]
*/
