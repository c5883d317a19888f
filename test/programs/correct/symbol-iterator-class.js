class Range {
  constructor(from, to) {
    this.from = from;
    this.to = to;
  }
  *[Symbol.iterator]() {
    for (let n = this.from; n <= this.to; n++) yield n;
  }
}
const titles = [];
for (const issue_number of new Range(2, 4)) {
  titles.push((await github.get_issue({ owner: "acme", repo: "web", issue_number })).state);
}
return titles;
/* @expect returns
["open","open","closed"]
*/
