const subscriptions = await stripe.list_subscriptions({ status: "active" });
for (const subscription of subscriptions) {
  await stripe.cancel_subscription({ subscription: subscription.id });
}
return "cancelled";
/* @expect throws
TypeError: subscriptions is not iterable
    at program.js:2:28
2 | for (const subscription of subscriptions) {
                               ^
stripe.list_subscriptions gave { object: string, has_more: boolean, data: an array (1 item) of { id, customer, status, items } }

Calls that had been made (1):
stripe.list_subscriptions ok (N ms)
*/
