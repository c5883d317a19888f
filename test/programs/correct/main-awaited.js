async function main() {
  const customers = await stripe.list_customers({ limit: 100 });
  let total = 0;
  for (const customer of customers) total += customer.balance;
  return { count: customers.length, total };
}

await main();
/* @expect returns
{"count":3,"total":750}
*/
