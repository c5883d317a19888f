class Report {
  #lines = [];
  set line(text) {
    this.#lines.push(text);
  }
  get text() {
    return this.#lines.join("\n");
  }
}
const report = new Report();
const { users } = await tracker.list_users();
for (const user of users) report.line = `${user.name} (${user.role})`;
return report.text;
/* @expect returns
Ada (admin)
Grace (member)
Linus (member)
Guest (guest)
*/
