function* numbers(rows) {
  for (const row of rows) {
    if (typeof row.total !== "number") throw new RangeError(`row ${row.id} has no total`);
    yield row.total;
  }
}
const invoices = await stripe.list_invoices({});
let sum = 0;
for (const n of numbers(invoices.data)) sum += n;
return sum;
/* @expect throws
RangeError: row in_1 has no total
    at program.js:3:46
    at program.js:9:12
3 |     if (typeof row.total !== "number") throw new RangeError(`row ${row.id} has no total`);
                                                 ^

Calls that had been made (1):
stripe.list_invoices ok (N ms)
*/
