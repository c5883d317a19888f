let message = "none";
try {
  await stripe.create_refund({ payment_intent: "pi_1", amount: 10_000 });
} catch (error: unknown) {
  message = error instanceof Error ? error.message : String(error);
}
return message;
/* @expect returns
stripe.create_refund: Refund amount (€100.00) is greater than charge amount (€49.00)
*/
