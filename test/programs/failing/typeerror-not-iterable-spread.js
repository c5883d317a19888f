const balance = await stripe.retrieve_balance();
const all = [...balance.instant, ...balance.available];
return all.length;
/* @expect throws
TypeError: balance.instant is not iterable
    at program.js:2:25
2 | const all = [...balance.instant, ...balance.available];
                            ^
stripe.retrieve_balance gave { available: an array (2 items) of { amount, currency }, pending: an array (0 items) }

Calls that had been made (1):
stripe.retrieve_balance ok (N ms)
*/
