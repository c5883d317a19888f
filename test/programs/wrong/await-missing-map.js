const customers = stripe.list_customers({ limit: 10 });
return customers.map((c) => c.name);
/* @expect refused 2:18 /await/ */
