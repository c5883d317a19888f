import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../../src/core/limits.ts";
import { policyOf } from "../../../src/core/policy.ts";
import type { Verdict } from "../../../src/core/policy.ts";
import { CannotBeAsked } from "../../../src/core/questions.ts";
import type { Relay } from "../../../src/core/relay.ts";
import type { Tool } from "../../../src/core/tool.ts";
import { CodemodeError } from "../../../src/core/errors.ts";
import type { Approval } from "../../../src/core/approval.ts";
import { approvals } from "../../../src/execute/approval.ts";
import type { ApprovalStore } from "../../../src/execute/approval.ts";
import { shownArguments } from "../../../src/execute/shown-arguments.ts";
import { approvedInMemory } from "../../support/approved-tools.ts";
import { askedRelay, choose } from "../../support/asked-relay.ts";
import type { AskedForm } from "../../support/asked-relay.ts";

const NEVER = new AbortController().signal;
const toolOf = (name: string, more: Partial<Tool> = {}): Tool => ({ name, inputSchema: { type: "object" }, ...more });

interface Options {
  readonly tools?: Readonly<Record<string, Verdict>>;
  readonly store?: ApprovalStore;
  readonly limits?: Partial<typeof DEFAULT_LIMITS>;
}

function approverOf({ tools = { "peer.*": "ask" }, store = approvedInMemory(), limits = {} }: Options = {}) {
  const decide = policyOf({ tools, byKind: { readOnly: "allow", destructive: "allow", other: "allow" } });
  const approve = approvals({ decide, store, limits: { ...DEFAULT_LIMITS, ...limits }, now: () => 1_000 });
  const made = new Map<string, Tool>();
  /** "ok", or the code and the message of the error. */
  return async (
    relay: Relay,
    name: string,
    args: Record<string, unknown> = {},
    more: { signal?: AbortSignal; alone?: boolean; tool?: Tool } = {},
  ) => {
    const { signal = NEVER, alone = false } = more;
    const tool = more.tool ?? made.get(name) ?? toolOf(name);
    made.set(name, tool);
    const noted: Approval[] = [];
    const request = { key: "peer", tool, name: `peer.${name}`, args, alone, noted: (approval: Approval) => noted.push(approval) };
    const result = await approve(request, { signal, relay }).then(
      () => "ok",
      (error: unknown) => (error instanceof CodemodeError ? `${error.code}: ${error.message}` : String(error)),
    );
    return { result, noted };
  };
}

const DECLINED = "tool_approval: declined: the user does not allow this call";
const saying = (choice: string) => askedRelay((form) => choose(form, choice));

describe("a call that needs a person", () => {
  it("is shown with server, tool and arguments, and made when the person says so", async () => {
    const { relay, asked } = saying("allow once");
    const { result, noted } = await approverOf()(relay, "merge", { id: 7, title: "Fix it" });
    expect(result).toBe("ok");
    expect(noted).toEqual([{ answer: "once", at: 1_000 }]);
    expect(asked).toEqual([
      {
        message: 'May this call be made?\n\npeer.merge (tool "merge" of the server "peer")\n{"id":7,"title":"Fix it"}',
        fields: {
          answer: {
            type: "string",
            title: "peer.merge",
            description: expect.stringContaining("once: only as shown above.") as string,
            enum: ["allow once", "allow for this program", "always allow", "no"],
          },
        },
      },
    ]);
  });

  it.each([
    ["no", (form: AskedForm) => choose(form, "no")],
    ["what is no choice", (form: AskedForm) => choose(form, "yes")],
    ["the name of a choice", (form: AskedForm) => choose(form, "once")],
    ["nothing", () => ({ action: "accept" as const })],
    ["another field", () => ({ action: "accept" as const, content: { other: "allow once" } })],
    ["a list", () => ({ action: "accept" as const, content: { answer: ["allow once"] } })],
    ["inherited", () => ({ action: "accept" as const, content: Object.create({ answer: "allow once" }) as Record<string, string> })],
    ["decline", () => ({ action: "decline" as const, content: { answer: "allow once" } })],
    ["cancel", () => ({ action: "cancel" as const })],
    ["an answer to something else", () => ({ roots: [] })],
  ])("is not made after %s", async (_, answer) => {
    const { relay } = askedRelay(answer);
    const { result, noted } = await approverOf()(relay, "merge");
    expect(result).toBe(DECLINED);
    expect(noted).toEqual([{ answer: "no", at: 1_000 }]);
  });

  it("is asked for together with those that wait already, and each tool is chosen for", async () => {
    const { relay, asked, state } = askedRelay((form) => {
      expect(state.held).toBe(5);
      const content = Object.entries(form.fields).map(([field, { title }]) => [field, title === "peer.wipe" ? "no" : "allow once"]);
      return { action: "accept", content: Object.fromEntries(content) as Record<string, string> };
    });
    const approve = approverOf();
    const calls = [1, 2, 3, 4].map((id) => approve(relay, "merge", { id }));
    const results = await Promise.all([...calls, approve(relay, "wipe")]);
    expect(results.map(({ result }) => result)).toEqual(["ok", "ok", "ok", "ok", DECLINED]);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.message).toContain('May these 5 calls be made?\n\n1. peer.merge (tool "merge" of the server "peer")\n{"id":1}\n\n2. ');
    // As they were made, however long the digest of each takes.
    const order = asked[0]?.message.match(/^\d\. peer\.\w+|^\{"id":\d\}/gm);
    expect(order?.join(" ")).toBe(
      '1. peer.merge {"id":1} 2. peer.merge {"id":2} 3. peer.merge {"id":3} 4. peer.merge {"id":4} 5. peer.wipe',
    );
    expect(Object.values(asked[0]?.fields ?? {}).map(({ title }) => title)).toEqual(["peer.merge (4 calls)", "peer.wipe"]);
    expect(state.held).toBe(0);
  });

  it("waits for the next question while one is open", async () => {
    const open = Promise.withResolvers<void>();
    const shown = Promise.withResolvers<void>();
    const { relay, asked } = askedRelay(async (form) => {
      shown.resolve();
      await open.promise;
      return choose(form, "allow once");
    });
    const approve = approverOf();
    const first = approve(relay, "merge", { id: 1 });
    await shown.promise;
    const later = [approve(relay, "merge", { id: 2 }), approve(relay, "wipe")];
    open.resolve();
    expect((await Promise.all([first, ...later])).map(({ result }) => result)).toEqual(["ok", "ok", "ok"]);
    expect(asked.map(({ fields }) => Object.keys(fields).length)).toEqual([1, 2]);
  });

  it("approvalCalls of them are in one question, one more in the next", async () => {
    const { relay, asked } = saying("allow once");
    const approve = approverOf({ limits: { approvalCalls: 3 } });
    await Promise.all([1, 2, 3].map((id) => approve(relay, "merge", { id })));
    expect(asked).toHaveLength(1);
    await Promise.all([1, 2, 3, 4].map((id) => approve(relay, "merge", { id: -id })));
    expect(asked.map(({ message }) => message.match(/"id"/g)?.length)).toEqual([3, 3, 1]);
  });

  it("approvalChars of its arguments are shown, one more is not", async () => {
    const { relay, asked } = saying("allow once");
    const args = { text: "x".repeat(200) };
    const { length } = JSON.stringify(args, null, 2);
    await approverOf({ limits: { approvalChars: length } })(relay, "merge", args);
    await approverOf({ limits: { approvalChars: length - 1 } })(relay, "merge", args);
    expect(asked.map(({ message }) => message.includes("SHA-256"))).toEqual([false, true]);
  });
});

describe("what a person has said", () => {
  it("once holds for that call alone", async () => {
    const { relay, asked } = saying("allow once");
    const approve = approverOf();
    await approve(relay, "merge", { id: 1 });
    await approve(relay, "merge", { id: 1 });
    expect(asked).toHaveLength(2);
  });

  it("for this program holds for the tool and the execution", async () => {
    const { relay, asked } = saying("allow for this program");
    const approve = approverOf();
    await approve(relay, "merge", { id: 1 });
    expect(await approve(relay, "merge", { id: 2 })).toEqual({ result: "ok", noted: [{ answer: "execution", at: 1_000 }] });
    expect(asked).toHaveLength(1);
    await approve(relay, "wipe");
    expect(asked).toHaveLength(2);
    const other = saying("no");
    expect((await approve(other.relay, "merge", { id: 2 })).result).toBe(DECLINED);
  });

  it("always holds for every execution, until the tool is another one", async () => {
    const store = approvedInMemory();
    await approverOf({ store })(saying("always allow").relay, "merge", { id: 1 });
    const later = saying("no");
    const approve = approverOf({ store });
    expect(await approve(later.relay, "merge", { id: 2 })).toEqual({ result: "ok", noted: [{ answer: "always", at: 1_000 }] });
    expect(later.asked).toEqual([]);
    for (const more of [{ description: "now wipes" }, { inputSchema: {} }, { title: "t" }, { annotations: { destructiveHint: true } }])
      expect((await approve(saying("no").relay, "merge", {}, { tool: toolOf("merge", more) })).result).toBe(DECLINED);
    const denying = approverOf({ store, tools: { "peer.*": "deny" } });
    expect((await denying(later.relay, "merge")).result).toMatch(/^fault: /);
  });

  it("always also holds where nobody can be asked any more", async () => {
    const store = approvedInMemory();
    await approverOf({ store })(saying("always allow").relay, "merge");
    expect((await approverOf({ store })({ ...saying("no").relay, askable: {} }, "merge")).result).toBe("ok");
  });

  it("no holds for the same call: nobody is asked for it again and again", async () => {
    const { relay, asked } = saying("no");
    const approve = approverOf();
    for (let round = 0; round < 3; round += 1) expect((await approve(relay, "merge", { id: 1 })).result).toBe(DECLINED);
    expect(asked).toHaveLength(1);
    await approve(relay, "merge", { id: 2 });
    expect(asked).toHaveLength(2);
  });

  it("is not offered for a program where there is none", async () => {
    const { relay, asked } = saying("allow once");
    await approverOf()(relay, "merge", {}, { alone: true });
    expect(asked[0]?.fields["answer"]?.enum).toEqual(["allow once", "always allow", "no"]);
  });
});

describe("a question that cannot be answered", () => {
  const REMEDY = /^tool_approval: a person has to allow this call, and your client cannot ask one$/;

  it("is not asked of a client that cannot be asked", async () => {
    const { relay, asked } = saying("allow once");
    for (const askable of [{}, { elicitation: { url: {} } }, { sampling: {} }])
      expect((await approverOf()({ ...relay, askable }, "merge")).result).toMatch(REMEDY);
    expect(asked).toEqual([]);
  });

  it.each([
    ["the client has changed", () => new CannotBeAsked(["elicitation.form"]), REMEDY],
    ["the client fails", () => new Error("no dialog"), /^tool_approval: .* has failed to ask one$/],
    [
      "there were too many",
      () => new CodemodeError("limit", "there have been questions = 100 questions already"),
      /^limit: there have been/,
    ],
  ])("fails the call: %s", async (_, error, expected) => {
    const { relay, state } = askedRelay(() => Promise.reject(error()));
    const approve = approverOf();
    const results = await Promise.all([approve(relay, "merge"), approve(relay, "wipe")]);
    for (const { result } of results) expect(result).toMatch(expected);
    expect(state.held).toBe(0);
  });

  it("is withdrawn when the execution ends, with all that waits behind it", async () => {
    const stop = new AbortController();
    const shown = Promise.withResolvers<void>();
    const { relay, state } = askedRelay((_, signal) => {
      shown.resolve();
      return new Promise((__, reject) => signal.addEventListener("abort", () => reject(new Error("withdrawn"))));
    });
    const approve = approverOf();
    const first = approve(relay, "merge", {}, { signal: stop.signal });
    await shown.promise;
    const behind = approve(relay, "wipe", {}, { signal: stop.signal });
    stop.abort();
    const late = approve(relay, "wipe", {}, { signal: stop.signal });
    for (const { result } of await Promise.all([first, behind, late])) expect(result).toMatch(/^cancelled: /);
    expect(state.held).toBe(0);
  });
});

describe("whatever a program does", () => {
  const TOOLS = ["list", "merge", "wipe", "send"];
  const verdicts = fc.dictionary(
    fc.constantFrom("peer.*", "peer.m*", "peer.?i*", ...TOOLS.map((name) => `peer.${name}`)),
    fc.constantFrom<Verdict>("allow", "ask", "deny"),
  );
  const args = fc.constantFrom<Record<string, unknown>>(
    {},
    { id: 1 },
    { id: 2 },
    { id: "1" },
    { text: "y".repeat(300) },
    { text: `${"y".repeat(299)}z` },
  );
  /** Calls in turns: those of one turn are made at once. */
  const turns = fc.array(fc.array(fc.tuple(fc.constantFrom(...TOOLS), args), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 5,
  });
  const choices = fc.array(fc.constantFrom("allow once", "allow for this program", "always allow", "no", "whatever"), {
    minLength: 1,
    maxLength: 8,
  });

  it("no denied tool is called, and no approval is used for other arguments than those shown", async () => {
    await fc.assert(
      fc.asyncProperty(verdicts, turns, choices, fc.integer({ min: 1, max: 3 }), async (tools, program, said, approvalCalls) => {
        let next = 0;
        /** Per tool and arguments as shown: how many calls were allowed. */
        const once = new Map<string, number>();
        const forAll = new Set<string>();
        const { relay } = askedRelay((form) => {
          const content: Record<string, string> = {};
          for (const [field, { title }] of Object.entries(form.fields)) {
            const choice = said[next++ % said.length] ?? "no";
            content[field] = choice;
            const name = title.split(" ")[0] ?? "";
            if (choice === "allow for this program" || choice === "always allow") forAll.add(name);
            if (choice !== "allow once") continue;
            for (const block of form.message.split("\n\n").slice(1)) {
              const [head = "", ...shown] = block.split("\n");
              if (!head.includes(`${name} (`)) continue;
              const key = `${name} ${shown.join("\n")}`;
              once.set(key, (once.get(key) ?? 0) + 1);
            }
          }
          return { action: "accept", content };
        });
        const limits = { approvalCalls, approvalChars: 150 };
        const approve = approverOf({ tools, limits });
        const decide = policyOf({ tools, byKind: { readOnly: "allow", destructive: "allow", other: "allow" } });
        for (const turn of program) {
          const results = await Promise.all(turn.map(async ([name, given]) => ({ name, given, ...(await approve(relay, name, given)) })));
          for (const { name, given, result, noted } of results) {
            if (result !== "ok") continue;
            const verdict = decide("peer", toolOf(name));
            expect(verdict).not.toBe("deny");
            if (verdict === "allow") continue;
            if (noted[0]?.answer !== "once") {
              expect(forAll).toContain(`peer.${name}`);
              continue;
            }
            const key = `peer.${name} ${await shownArguments(given, limits.approvalChars)}`;
            const left = once.get(key) ?? 0;
            expect(left).toBeGreaterThan(0);
            once.set(key, left - 1);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
