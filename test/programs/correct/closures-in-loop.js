const tasks = [];
for (const id of ["T-1", "T-2", "T-3"]) {
  tasks.push(async () => (await tracker.get_ticket({ id })).priority);
}
const out = [];
for (const task of tasks) out.push(await task());
return out;
/* @expect returns
["low","medium","high"]
*/
