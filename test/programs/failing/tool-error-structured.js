const refund = await stripe.create_refund({ payment_intent: "pi_1", amount: 10000 });
return refund.id;
/* @expect throws
ToolError: stripe.create_refund: Refund amount (€100.00) is greater than charge amount (€49.00)
    at program.js:1:16
1 | const refund = await stripe.create_refund({ payment_intent: "pi_1", amount: 10000 });
                   ^

Calls that had been made (1):
stripe.create_refund failed (N ms)
*/
