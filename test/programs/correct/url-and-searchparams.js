const link = await stripe.create_payment_link({ price: "price_1", quantity: 2 });
const url = new URL(link.url);
url.searchParams.set("utm_source", "mail");
return { host: url.hostname, q: url.searchParams.get("q"), href: url.toString() };
/* @expect returns
{"host":"pay.example","q":"2","href":"https://pay.example/price_1?q=2&utm_source=mail"}
*/
