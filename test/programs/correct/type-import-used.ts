import type { Customer } from "stripe";

const customers: Customer[] = await stripe.list_customers({ limit: 2 });
return customers.map((customer) => customer.id);
/* @expect returns
["cus_1","cus_2"]
*/
