class Counter {
  constructor() {
    this.counts = {};
    this.total = 0;
  }
  add(key) {
    this.counts[key] = (this.counts[key] || 0) + 1;
    this.total++;
  }
}

const counter = new Counter();
const issues = await github.list_issues({ owner: "acme", repo: "web", state: "all", perPage: 100 });
issues.forEach((i) => counter.add(i.assignee ? i.assignee.login : "nobody"));
return { total: counter.total, ...counter.counts };
/* @expect returns
{"total":23,"linus":5,"ada":9,"margaret":5,"nobody":4}
*/
