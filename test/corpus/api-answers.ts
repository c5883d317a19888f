import { CodemodeError } from "../../src/core/errors.ts";
import {
  COMMITS,
  CUSTOMERS,
  FILES,
  GRAPH,
  INVOICES,
  ISSUES,
  PAYMENTS,
  PRICES,
  PRODUCTS,
  PULLS,
  REPOSITORIES,
  SUBSCRIPTIONS,
  TICKETS,
  USERS,
} from "./api-data.ts";

type Args = Readonly<Record<string, unknown>>;
type Answers = Readonly<Record<string, (args: Args) => unknown>>;

const text = (value: string) => ({ content: [{ type: "text", text: value }] });
const json = (value: unknown) => text(JSON.stringify(value));
const structured = (value: object) => ({ ...json(value), structuredContent: value });
const failure = (message: string, structuredContent?: object) => ({
  ...text(message),
  isError: true,
  ...(structuredContent && { structuredContent }),
});

function pageOf<T>(items: readonly T[], { page = 1, perPage = 10 }: Args): readonly T[] {
  return items.slice((Number(page) - 1) * Number(perPage), Number(page) * Number(perPage));
}

/** Only what was asked for: an argument that is absent filters nothing. */
function where<T extends object>(items: readonly T[], filters: Partial<Record<keyof T, unknown>>): readonly T[] {
  return items.filter((item) => Object.entries(filters).every(([key, value]) => value === undefined || item[key as keyof T] === value));
}

/** What the tools answer, by `key/tool`. New for each run: some answers depend on what was called before. */
export function fixtureAnswers(): Answers {
  const attempts = new Map<string, number>();
  const attempt = (name: string) => {
    attempts.set(name, (attempts.get(name) ?? 0) + 1);
    return attempts.get(name) ?? 0;
  };
  return { ...github(attempt), ...stripe(), ...tracker(attempt), ...memory(), ...filesystem() };
}

function github(attempt: (name: string) => number): Answers {
  const found = <T extends { number: number }>(items: readonly T[], number: unknown, answer: (item: T) => unknown) => {
    const item = items.find((each) => each.number === number);
    return item === undefined ? failure(`404 Not Found: there is no #${String(number)} in acme/web`) : json(answer(item));
  };
  return {
    "github/get_me": () => json({ login: "ada", name: "Ada L.", public_repos: 7 }),
    "github/list_issues": (args) => {
      const { owner, repo, state = "open", labels = [] } = args;
      if (`${String(owner)}/${String(repo)}` !== "acme/web") return failure(`404 Not Found: ${String(owner)}/${String(repo)}`);
      const wanted = ISSUES.filter((issue) => state === "all" || issue.state === state).filter((issue) =>
        (labels as string[]).every((label) => issue.labels.some(({ name }) => name === label)),
      );
      return json(pageOf(wanted, args));
    },
    "github/get_issue": ({ issue_number }) => found(ISSUES, issue_number, (issue) => issue),
    "github/create_issue": ({ title, labels = [] }) => {
      const number = 200 + attempt("create_issue");
      return json({
        number,
        title,
        state: "open",
        labels: (labels as string[]).map((name) => ({ name })),
        html_url: `https://github.example/acme/web/issues/${number}`,
      });
    },
    "github/update_issue": ({ issue_number, owner: _owner, repo: _repo, ...changes }) =>
      found(ISSUES, issue_number, (issue) => ({ ...issue, ...changes })),
    "github/add_issue_comment": ({ issue_number, body }) => found(ISSUES, issue_number, () => ({ id: 9000 + Number(issue_number), body })),
    "github/search_issues": (args) => {
      const label = /label:(\S+)/.exec(String(args["q"]))?.[1];
      const items = ISSUES.filter((issue) => label === undefined || issue.labels.some(({ name }) => name === label));
      return json({ total_count: items.length, incomplete_results: false, items: pageOf(items, args) });
    },
    "github/search_repositories": (args) => json({ total_count: REPOSITORIES.length, items: pageOf(REPOSITORIES, args) }),
    "github/list_commits": (args) => json(pageOf(COMMITS, args)),
    "github/list_branches": () =>
      json(["main", "next", "fix/safari", "feature/dark-mode"].map((name) => ({ name, protected: name === "main" }))),
    "github/create_branch": ({ branch }) =>
      branch === "main" ? failure("422 Reference already exists") : json({ ref: `refs/heads/${String(branch)}` }),
    "github/list_pull_requests": (args) => json(where(PULLS, args["state"] === "all" ? {} : { state: args["state"] ?? "open" })),
    "github/get_pull_request": ({ pull_number }) => found(PULLS, pull_number, (pull) => pull),
    "github/merge_pull_request": ({ pull_number }) => {
      if (pull_number === 103) return failure("409 Merge conflict: the pull request is not mergeable");
      if (pull_number === 102) throw new CodemodeError("upstream", "the connection broke; the call may have happened");
      return found(PULLS, pull_number, () => ({ merged: true, sha: "abc123" }));
    },
    "github/get_file_contents": ({ path }) => {
      if (path === "flaky.json" && attempt("flaky") < 3) return failure("502 Bad Gateway");
      const content = String(path).endsWith(".json") ? '{"name":"web","version":"2.0.0"}' : "# Web\n\nThe dashboard.\n";
      return json({ name: path, path, encoding: "base64", content: btoa(content) });
    },
  };
}

function stripe(): Answers {
  const list = (data: readonly object[]) => json({ object: "list", has_more: false, data });
  return {
    "stripe/list_customers": ({ email, limit }) => json(where(CUSTOMERS, { email }).slice(0, Number(limit ?? 10))),
    "stripe/create_customer": ({ name, email = null }) => json({ id: "cus_9", name, email, balance: 0 }),
    "stripe/list_products": () => json(PRODUCTS),
    "stripe/list_prices": ({ product }) => json(where(PRICES, { product })),
    "stripe/create_product": ({ name }) => json({ id: "prod_9", name, active: true }),
    "stripe/create_price": ({ product, unit_amount, currency }) => json({ id: "price_9", product, unit_amount, currency }),
    "stripe/create_payment_link": ({ price, quantity }) =>
      json({ id: "plink_9", url: `https://pay.example/${String(price)}?q=${String(quantity)}` }),
    "stripe/list_invoices": ({ customer }) => list(where(INVOICES, { customer })),
    "stripe/create_invoice": ({ customer }) => json({ id: "in_9", customer, status: "draft", amount_due: 0 }),
    "stripe/create_invoice_item": ({ price, invoice }) => json({ id: "ii_9", price, invoice }),
    "stripe/finalize_invoice": ({ invoice }) => json({ id: invoice, status: "open" }),
    "stripe/list_subscriptions": ({ customer, status }) =>
      list(where(SUBSCRIPTIONS, { customer, status: status === "all" ? undefined : status })),
    "stripe/cancel_subscription": ({ subscription }) => json({ id: subscription, status: "canceled" }),
    "stripe/update_subscription": ({ subscription }) => json({ id: subscription, status: "active" }),
    "stripe/list_payment_intents": ({ customer }) => list(where(PAYMENTS, { customer })),
    "stripe/create_refund": ({ payment_intent, amount = 4900 }) =>
      Number(amount) > 4900
        ? failure("Refund amount (€100.00) is greater than charge amount (€49.00)", { code: "charge_already_refunded", param: "amount" })
        : json({ id: "re_9", payment_intent, amount, status: "succeeded" }),
    "stripe/retrieve_balance": () =>
      json({
        available: [
          { amount: 125_000, currency: "eur" },
          { amount: 300, currency: "usd" },
        ],
        pending: [],
      }),
    "stripe/list_coupons": () => json([{ id: "SUMMER", percent_off: 20, valid: true }]),
    "stripe/create_coupon": ({ name }) => json({ id: "coupon_9", name }),
    "stripe/list_disputes": () => list([]),
    "stripe/update_dispute": ({ dispute }) => json({ id: dispute, status: "under_review" }),
    "stripe/search_stripe_documentation": ({ question }) => text(`No article about ${String(question)}.`),
  };
}

function tracker(attempt: (name: string) => number): Answers {
  const found = (id: unknown, answer: (ticket: (typeof TICKETS)[number]) => object) => {
    const ticket = TICKETS.find((each) => each.id === id);
    return ticket === undefined ? failure(`no ticket ${String(id)}`, { error: "not_found", id }) : structured(answer(ticket));
  };
  return {
    "tracker/list_tickets": ({ project, status, assignee, cursor, limit = 5 }) => {
      const wanted = where(TICKETS, { project, status, assignee });
      const start = Number(cursor ?? 0);
      const next = start + Number(limit);
      return structured({ tickets: wanted.slice(start, next), nextCursor: next < wanted.length ? String(next) : null });
    },
    "tracker/get_ticket": ({ id }) => found(id, (ticket) => ticket),
    "tracker/create_ticket": () => {
      const id = `T-${100 + attempt("create_ticket")}`;
      return structured({ id, url: `https://tracker.example/${id}` });
    },
    "tracker/update_ticket": ({ id, ...changes }) => found(id, (ticket) => ({ ...ticket, ...changes })),
    "tracker/add_comment": ({ id }) => found(id, () => ({ commentId: 70 + attempt("add_comment"), createdAt: "2026-11-01T10:00:00Z" })),
    "tracker/list_users": () => structured({ users: USERS }),
    "tracker/get_stats": ({ project }) =>
      structured({
        byStatus: Object.fromEntries(["todo", "doing", "done"].map((status) => [status, where(TICKETS, { project, status }).length])),
        velocity: project === "ops" ? null : 7.5,
      }),
  };
}

function memory(): Answers {
  const done = (message: string) => structured({ success: true, message });
  return {
    "memory/read_graph": () => structured(GRAPH),
    "memory/search_nodes": ({ query }) => {
      const entities = GRAPH.entities.filter((entity) => JSON.stringify(entity).toLowerCase().includes(String(query).toLowerCase()));
      return structured({ entities, relations: GRAPH.relations.filter(({ from }) => entities.some(({ name }) => name === from)) });
    },
    "memory/open_nodes": ({ names }) =>
      structured({ entities: GRAPH.entities.filter(({ name }) => (names as string[]).includes(name)), relations: [] }),
    "memory/create_entities": ({ entities }) => structured({ entities }),
    "memory/create_relations": ({ relations }) => structured({ relations }),
    "memory/add_observations": ({ observations }) =>
      structured({
        results: (observations as { entityName: string; contents: string[] }[]).map(({ entityName, contents }) => ({
          entityName,
          addedObservations: contents,
        })),
      }),
    "memory/delete_entities": () => done("Entities deleted successfully"),
    "memory/delete_observations": () => done("Observations deleted successfully"),
    "memory/delete_relations": () => done("Relations deleted successfully"),
  };
}

function filesystem(): Answers {
  const answer = (content: string) => ({ ...text(content), structuredContent: { content } });
  const read = ({ path, head }: Args) => {
    const content = FILES[String(path)];
    if (content === undefined) return failure(`ENOENT: no such file or directory, open '${String(path)}'`);
    return answer(head === undefined ? content : content.split("\n").slice(0, Number(head)).join("\n"));
  };
  const names = Object.keys(FILES);
  return {
    "filesystem/list_allowed_directories": () => answer("Allowed directories:\n/data"),
    "filesystem/list_directory": () => answer([...names.map((path) => `[FILE] ${path.slice(6)}`), "[DIR] archive"].join("\n")),
    "filesystem/list_directory_with_sizes": () =>
      answer(names.map((path) => `[FILE] ${path.slice(6)} ${FILES[path]?.length} B`).join("\n")),
    "filesystem/directory_tree": () => answer(JSON.stringify(names.map((path) => ({ name: path.slice(6), type: "file" })))),
    "filesystem/read_text_file": read,
    "filesystem/read_file": read,
    "filesystem/read_multiple_files": ({ paths }) =>
      answer((paths as string[]).map((path) => `${path}:\n${FILES[path] ?? "ENOENT"}`).join("\n---\n")),
    "filesystem/search_files": ({ pattern }) => {
      const ending = String(pattern).replaceAll("*", "");
      return answer(names.filter((path) => path.endsWith(ending)).join("\n") || "No matches found");
    },
    "filesystem/get_file_info": ({ path }) =>
      answer(`size: ${FILES[String(path)]?.length ?? 0}\nmodified: 2026-10-01T10:00:00.000Z\nisDirectory: false`),
    "filesystem/write_file": ({ path }) =>
      String(path).startsWith("/data/")
        ? answer(`Successfully wrote to ${String(path)}`)
        : failure(`Access denied - path outside allowed directories: ${String(path)}`),
    "filesystem/create_directory": ({ path }) => answer(`Successfully created directory ${String(path)}`),
    "filesystem/move_file": ({ source, destination }) => answer(`Successfully moved ${String(source)} to ${String(destination)}`),
    "filesystem/edit_file": ({ path }) => answer(`Edited ${String(path)}`),
    "filesystem/read_media_file": () => ({
      content: [{ type: "image", data: "aGk=", mimeType: "image/png" }],
      structuredContent: { content: [{ type: "image", data: "aGk=", mimeType: "image/png" }] },
    }),
  };
}
