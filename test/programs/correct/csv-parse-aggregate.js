const { content } = await filesystem.read_text_file({ path: "/data/sales.csv" });
const [header, ...rows] = content.trim().split("\n").map((line) => line.split(","));
const records = rows.map((row) => Object.fromEntries(header.map((key, i) => [key, row[i]])));
const byRegion = {};
for (const r of records) {
  byRegion[r.region] = (byRegion[r.region] ?? 0) + parseFloat(r.amount);
}
return Object.entries(byRegion).map(([region, amount]) => ({ region, amount: Math.round(amount * 100) / 100 }));
/* @expect returns
[{"region":"north","amount":220.45},{"region":"south","amount":80},{"region":"west","amount":15}]
*/
