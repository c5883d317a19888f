function total(prices: number[], currency: string): string {
  return `${prices.reduce((a, b) => a + b, 0)} ${currency}`;
}
const prices = await stripe.list_prices({});
return total(prices.map((p: any) => p.unit_amount));
/* @expect missed
54800 undefined
*/
