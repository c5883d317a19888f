let result = await stripe.list_invoices({ customer: "cus_1" });
result = result.data;
result = result.filter((i) => i.status === "paid");
return result.length;
/* @expect returns
1
*/
