const balance = await stripe.retrieve_balance();
const slots = new Array(balance.pending.length - 1);
return slots.length;
/* @expect throws
RangeError: Invalid array length
    at program.js:2:15
2 | const slots = new Array(balance.pending.length - 1);
                  ^

Calls that had been made (1):
stripe.retrieve_balance ok (N ms)
*/
