const balance = await stripe.retrieve_balance();
const cents = BigInt(balance.available[0].amount) * 1_000_000n;
return cents.toString();
/* @expect returns
125000000000
*/
