const first = stripe.list_products({ limit: 1 })[0];
return first.name;
/* @expect missed
TypeError: Cannot read properties of undefined (reading 'name')
    at program.js:2:14
2 | return first.name;
                 ^
stripe.list_products gave an array (2 items) of { id, name, active }

Calls that had been made (1):
stripe.list_products ok (N ms)
*/
