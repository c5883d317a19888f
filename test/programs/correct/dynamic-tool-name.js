const lists = ["list_customers", "list_products", "list_prices"];
const sizes = {};
for (const name of lists) {
  const result = await stripe[name]({});
  sizes[name] = result.length;
}
return sizes;
/* @expect returns
{"list_customers":3,"list_products":2,"list_prices":3}
*/
