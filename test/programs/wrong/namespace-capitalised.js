const customers = await Stripe.list_customers({ limit: 3 });
return customers;
/* @expect refused 1:25 /Stripe/ */
