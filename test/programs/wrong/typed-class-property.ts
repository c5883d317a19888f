class Totals {
  total = 0;
  add(amount: number): void {
    this.totl += amount;
  }
}
const totals = new Totals();
const prices = await stripe.list_prices({});
for (const price of prices) totals.add(price.unit_amount);
return totals.total;
/* @expect missed
0
*/
