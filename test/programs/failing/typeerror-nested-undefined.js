const customers = await stripe.list_customers({ limit: 5 });
return customers.map((c) => c.address.city);
/* @expect throws
TypeError: Cannot read properties of undefined (reading 'city')
    at program.js:2:39
    at program.js:2:18
2 | return customers.map((c) => c.address.city);
                                          ^
stripe.list_customers gave an array (3 items) of { id, name, email (sometimes null), balance, metadata }

Calls that had been made (1):
stripe.list_customers ok (N ms)
*/
