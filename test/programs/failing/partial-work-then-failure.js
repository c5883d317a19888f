const created = [];
for (const title of ["First", "Second", "Third"]) {
  const { id } = await tracker.create_ticket({ project: "web", title });
  created.push(id);
  if (created.length === 2) {
    const data = JSON.parse("{}");
    console.log(`created ${created.join(", ")}`);
    data.audit.push(id);
  }
}
return created;
/* @expect throws
TypeError: Cannot read properties of undefined (reading 'push')
    at program.js:8:16
8 |     data.audit.push(id);
                   ^
tracker.create_ticket gave { id: string, url: string }

Console:
created T-101, T-102

Calls that had been made (2):
tracker.create_ticket ok (N ms)
tracker.create_ticket ok (N ms)
*/
