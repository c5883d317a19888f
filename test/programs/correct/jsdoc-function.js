/**
 * Formats cents as a price.
 * @param {number} cents
 * @param {string} currency
 * @returns {string}
 */
function price(cents, currency) {
  return (cents / 100).toFixed(2) + " " + currency.toUpperCase();
}

const prices = await stripe.list_prices({});
return prices.map((p) => price(p.unit_amount, p.currency));
/* @expect returns
["9.00 EUR","49.00 EUR","490.00 EUR"]
*/
