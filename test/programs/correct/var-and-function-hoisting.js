var total = 0;
var prices = await stripe.list_prices();
for (var i = 0; i < prices.length; i++) {
  total += toEuros(prices[i].unit_amount);
}
return total;

function toEuros(cents) {
  return cents / 100;
}
/* @expect returns
548
*/
