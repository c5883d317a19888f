/** The world that the programs of `test/programs` find. */

const LABELS = ["bug", "enhancement", "docs", "bug", "question", "performance"];
const LOGINS = ["ada", "grace", "linus", "ada", "margaret"];
const TITLES = [
  "Login fails on Safari",
  "Dark mode for the dashboard",
  "README lacks an example",
  "Crash when the list is empty",
  "How do I configure SSO?",
  "Search is slow with 10k rows",
];

/** 23 issues; every fourth is closed, every fifth has no assignee, every seventh is stale. */
export const ISSUES = Array.from({ length: 23 }, (_, index) => {
  const number = index + 1;
  const label = LABELS[index % LABELS.length] ?? "bug";
  const month = String((index % 9) + 1).padStart(2, "0");
  return {
    number,
    title: `${TITLES[index % TITLES.length]} (${number})`,
    state: number % 4 === 0 ? "closed" : "open",
    labels: number % 6 === 5 ? [] : [{ name: label }, ...(number % 7 === 0 ? [{ name: "stale" }] : [])],
    user: { login: LOGINS[index % LOGINS.length] },
    assignee: number % 5 === 0 ? null : { login: LOGINS[(index + 2) % LOGINS.length] },
    comments: (number * 7) % 11,
    created_at: `2026-${month}-${String((index % 27) + 1).padStart(2, "0")}T09:30:00Z`,
    updated_at: `2026-10-${String((index % 27) + 1).padStart(2, "0")}T12:00:00Z`,
    body: number % 3 === 0 ? null : `Seen in v1.${number % 4}.${number}. See #${number + 1}.`,
    html_url: `https://github.example/acme/web/issues/${number}`,
  };
});

export const PULLS = [
  {
    number: 101,
    title: "Fix login on Safari",
    state: "open",
    draft: false,
    base: { ref: "main" },
    user: { login: "ada" },
    mergeable: true,
    additions: 40,
    deletions: 3,
  },
  {
    number: 102,
    title: "Dark mode",
    state: "open",
    draft: true,
    base: { ref: "main" },
    user: { login: "grace" },
    mergeable: null,
    additions: 900,
    deletions: 120,
  },
  {
    number: 103,
    title: "Faster search",
    state: "open",
    draft: false,
    base: { ref: "next" },
    user: { login: "linus" },
    mergeable: false,
    additions: 210,
    deletions: 190,
  },
  {
    number: 104,
    title: "Docs",
    state: "closed",
    draft: false,
    base: { ref: "main" },
    user: { login: "ada" },
    mergeable: null,
    additions: 12,
    deletions: 0,
  },
];

export const COMMITS = Array.from({ length: 12 }, (_, index) => ({
  sha: (index + 10).toString(16).repeat(8),
  commit: {
    message: `${["fix", "feat", "docs", "chore"][index % 4]}: change ${index + 1}\n\nDetails of ${index + 1}.`,
    author: { name: LOGINS[index % LOGINS.length], date: `2026-10-${String(12 - index).padStart(2, "0")}T08:00:00Z` },
  },
  author: index % 6 === 5 ? null : { login: LOGINS[index % LOGINS.length] },
}));

export const REPOSITORIES = [
  { full_name: "acme/web", language: "TypeScript", stargazers_count: 320, open_issues_count: 18, archived: false, topics: ["web", "ui"] },
  { full_name: "acme/api", language: "Go", stargazers_count: 150, open_issues_count: 4, archived: false, topics: ["api"] },
  { full_name: "acme/legacy", language: null, stargazers_count: 12, open_issues_count: 0, archived: true, topics: [] },
];

export const CUSTOMERS = [
  { id: "cus_1", name: "Ada Ltd", email: "ada@example.com", balance: 0, metadata: { tier: "gold" } },
  { id: "cus_2", name: "Grace Inc", email: null, balance: -500, metadata: {} },
  { id: "cus_3", name: "Linus Oy", email: "linus@example.org", balance: 1250, metadata: { tier: "silver" } },
];

export const PRODUCTS = [
  { id: "prod_1", name: "Starter", active: true },
  { id: "prod_2", name: "Team", active: true },
];

export const PRICES = [
  { id: "price_1", product: "prod_1", unit_amount: 900, currency: "eur" },
  { id: "price_2", product: "prod_2", unit_amount: 4900, currency: "eur" },
  { id: "price_3", product: "prod_2", unit_amount: 49000, currency: "eur" },
];

export const INVOICES = [
  { id: "in_1", customer: "cus_1", status: "paid", amount_due: 4900, amount_paid: 4900, currency: "eur", created: 1_790_000_000 },
  { id: "in_2", customer: "cus_1", status: "open", amount_due: 900, amount_paid: 0, currency: "eur", created: 1_790_500_000 },
  { id: "in_3", customer: "cus_3", status: "open", amount_due: 49000, amount_paid: 0, currency: "eur", created: 1_791_000_000 },
  { id: "in_4", customer: "cus_2", status: "void", amount_due: 900, amount_paid: 0, currency: "usd", created: 1_789_000_000 },
];

export const SUBSCRIPTIONS = [
  { id: "sub_1", customer: "cus_1", status: "active", items: { data: [{ price: "price_2", quantity: 3 }] } },
  { id: "sub_2", customer: "cus_3", status: "past_due", items: { data: [{ price: "price_3", quantity: 1 }] } },
];

export const PAYMENTS = [
  { id: "pi_1", customer: "cus_1", amount: 4900, status: "succeeded" },
  { id: "pi_2", customer: "cus_3", amount: 49000, status: "requires_payment_method" },
];

const STATUSES = ["todo", "doing", "done"];
const PRIORITIES = ["low", "medium", "high", "urgent"];

export const TICKETS = Array.from({ length: 14 }, (_, index) => {
  const n = index + 1;
  return {
    id: `T-${n}`,
    title: `${["Write", "Review", "Ship", "Measure"][index % 4]} ${["report", "login", "invoice"][index % 3]}`,
    project: n > 10 ? "ops" : "web",
    status: STATUSES[index % 3],
    priority: PRIORITIES[index % 4],
    assignee: n % 4 === 0 ? null : ["u1", "u2", "u3"][index % 3],
    ...(n % 3 === 0 ? { due: n % 2 === 0 ? null : `2026-11-${String(n).padStart(2, "0")}` } : {}),
    tags: n % 5 === 0 ? [] : ["q4", ...(n % 2 === 0 ? ["backend"] : [])],
    ...(n % 2 === 1 ? { estimate: n } : {}),
    ...(n % 7 === 0 ? { parent: { id: "T-1", title: "Write report" } } : {}),
    createdAt: `2026-10-${String(n).padStart(2, "0")}T10:00:00Z`,
    comments:
      n === 2
        ? [
            { author: "u1", text: "Almost done", at: "2026-10-20T10:00:00Z" },
            { author: "u2", text: "LGTM", at: "2026-10-21T10:00:00Z" },
          ]
        : [],
  };
});

export const USERS = [
  { id: "u1", name: "Ada", email: "ada@example.com", role: "admin", active: true },
  { id: "u2", name: "Grace", email: "grace@example.com", role: "member", active: true },
  { id: "u3", name: "Linus", role: "member", active: false },
  { id: "u4", name: "Guest", role: "guest", active: true },
];

export const FILES: Readonly<Record<string, string>> = {
  "/data/notes.txt": "Buy milk\nCall Ada\n\nTODO: write report\nTODO: send invoice\n",
  "/data/config.json": '{"name":"demo","version":"1.4.2","features":{"beta":true,"limits":[1,5,10]}}',
  "/data/broken.json": '{"name": "demo",}',
  "/data/sales.csv": "date,region,amount\n2026-09-01,north,120.50\n2026-09-01,south,80\n2026-09-02,north,99.95\n2026-09-03,west,15\n",
  "/data/app.log":
    "2026-10-01T10:00:00Z INFO started\n2026-10-01T10:00:05Z ERROR db timeout after 3000ms\n2026-10-01T10:01:00Z WARN slow query 1200ms\n2026-10-01T10:02:00Z ERROR db timeout after 5000ms\n",
  "/data/empty.txt": "",
};

export const GRAPH = {
  entities: [
    { name: "Ada", entityType: "person", observations: ["Works at Acme", "Likes tea"] },
    { name: "Acme", entityType: "company", observations: ["Founded 1999"] },
    { name: "Web", entityType: "project", observations: [] as string[] },
  ],
  relations: [
    { from: "Ada", to: "Acme", relationType: "works_at" },
    { from: "Ada", to: "Web", relationType: "leads" },
    { from: "Acme", to: "Web", relationType: "owns" },
  ],
};
