const rows = (await filesystem.read_text_file({ path: "/data/sales.csv" })).content.trim().split("\n").slice(1);
let sum = 0;
for (const row of rows) {
  const [, , amount] = row.split(",");
  sum += +amount;
}
return sum.toFixed(1);
/* @expect returns
315.4
*/
