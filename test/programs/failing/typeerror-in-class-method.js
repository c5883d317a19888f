class Report {
  constructor(rows) {
    this.rows = rows;
  }
  total() {
    return this.rows.reduce((sum, row) => sum + row.charges.data.length, 0);
  }
}
const payments = await stripe.list_payment_intents({});
return new Report(payments.data).total();
/* @expect throws
TypeError: Cannot read properties of undefined (reading 'data')
    at program.js:6:61
    at program.js:6:22
    at program.js:10:34
6 |     return this.rows.reduce((sum, row) => sum + row.charges.data.length, 0);
                                                                ^
stripe.list_payment_intents gave { object: string, has_more: boolean, data: an array (2 items) of { id, customer, amount, status } }

Calls that had been made (1):
stripe.list_payment_intents ok (N ms)
*/
