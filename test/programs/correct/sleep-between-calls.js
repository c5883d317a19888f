const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const ids = [];
for (const title of ["one", "two"]) {
  const { id } = await tracker.create_ticket({ project: "web", title });
  ids.push(id);
  await sleep(5);
}
return ids;
/* @expect returns
["T-101","T-102"]
*/
