(async () => {
  const balance = await stripe.retrieve_balance();
  return balance.available.map((b) => `${(b.amount / 100).toFixed(2)} ${b.currency.toUpperCase()}`);
})()
/* @expect returns
["1250.00 EUR","3.00 USD"]
*/
