import { describe, expect, it } from "vitest";
import { CodemodeError } from "../../../src/core/errors.ts";
import { DEFAULT_LIMITS } from "../../../src/core/limits.ts";
import type { Answer, Question } from "../../../src/core/questions.ts";
import type { Relay } from "../../../src/core/relay.ts";
import { PendingCall } from "../../../src/upstream/pending-call.ts";
import { Questions } from "../../../src/upstream/questions.ts";
import { SILENT_RELAY } from "../../support/silent-relay.ts";

const NEVER = new AbortController().signal;
const question = (message: string): Question => ({
  method: "elicitation/create",
  params: { message, requestedSchema: { type: "object", properties: {} } },
});

/** One who is asked, and answers when told to. */
class Person {
  readonly owner = {};
  readonly open: { message: string; answer: (value: string) => void; signal: AbortSignal }[] = [];
  held = 0;
  readonly relay: Relay;

  constructor(askable: Relay["askable"] = { elicitation: { form: {} } }) {
    this.relay = {
      ...SILENT_RELAY,
      owner: this.owner,
      askable,
      hold: () => {
        this.held += 1;
        return () => void (this.held -= 1);
      },
      ask: ({ params }, signal) =>
        new Promise<Answer>((resolve, reject) => {
          const message = (params as { message: string }).message;
          signal.addEventListener("abort", () => reject(new CodemodeError("cancelled", "withdrawn")));
          this.open.push({ message, signal, answer: (value) => resolve({ action: "accept", content: { value } }) });
        }),
    };
  }
}

/** A call of this person that is under way until `end` is called. */
function begin(questions: Questions, { relay }: Person, during: () => Promise<unknown> = async () => undefined) {
  const call = new PendingCall({ signal: NEVER, relay }, 60_000);
  const end = Promise.withResolvers<void>();
  const ended = questions
    .during(call, async () => {
      await during();
      await end.promise;
    })
    .finally(() => call.end());
  return {
    call,
    end: async () => {
      end.resolve();
      await ended;
    },
  };
}

const asking = () => new Questions("peer", DEFAULT_LIMITS);
const turns = () => new Promise((resolve) => setImmediate(resolve));

describe("a question that arrives on the stream of a call", () => {
  it("is that call's, however many are under way, also of the same person", async () => {
    const questions = asking();
    const people = Array.from({ length: 16 }, () => new Person());
    const answers = people.map(async (person, index) => {
      const answered = Promise.withResolvers<Answer>();
      const { end } = begin(questions, person, async () => {
        await turns();
        questions.ask(question(`${index}`), NEVER).then(answered.resolve, answered.reject);
      });
      const answer = await answered.promise;
      await end();
      return answer;
    });
    await turns();
    await turns();
    for (const [index, { open }] of people.entries()) {
      expect(open.map(({ message }) => message)).toEqual([`peer asks: ${index}`]);
      open[0]?.answer(`of ${index}`);
    }
    expect((await Promise.all(answers)).map((answer) => answer["content"])).toEqual(people.map((_, index) => ({ value: `of ${index}` })));
  });

  it("is withdrawn when the call has ended, and not shown to anybody else", async () => {
    const questions = asking();
    const [first, second] = [new Person(), new Person()];
    let answered: Promise<unknown> | undefined;
    const { end } = begin(questions, first, async () => {
      answered = questions.ask(question("?"), NEVER);
      answered.catch(() => undefined);
    });
    begin(questions, second);
    await turns();
    expect(first.held).toBe(1);
    expect(second.held).toBe(0);
    await end();
    await expect(answered).rejects.toThrow("withdrawn");
    expect(first.open[0]?.signal.aborted).toBe(true);
    expect(second.open).toEqual([]);
    expect(first.held).toBe(0);
  });
});

describe("a question that arrives on the stream of the connection", () => {
  it("is asked of whoever is asked least, and everybody's time stands still meanwhile", async () => {
    const questions = asking();
    const people = [new Person(), new Person(), new Person()];
    for (const person of people) begin(questions, person);
    const answers = [1, 2, 3, 4].map((number) => questions.ask(question(`${number}`), NEVER));
    await turns();
    expect(people.map(({ open }) => open.length)).toEqual([1, 1, 2]);
    expect(people.map(({ held }) => held)).toEqual([4, 4, 4]);
    for (const { open } of people) for (const { message, answer } of open) answer(message);
    expect((await Promise.all(answers)).map((answer) => answer["content"])).toEqual(
      [1, 2, 3, 4].map((number) => ({ value: `peer asks: ${number}` })),
    );
    expect(people.map(({ held }) => held)).toEqual([0, 0, 0]);
  });

  it("is asked, of those who are asked as little, of whoever has made a call last", async () => {
    const questions = asking();
    const [first, second] = [new Person(), new Person()];
    const calls = [begin(questions, first), begin(questions, second)];
    questions.ask(question("1"), NEVER).catch(() => undefined);
    await turns();
    expect([first.open.length, second.open.length]).toEqual([0, 1]);
    second.open[0]?.answer("yes");
    await turns();
    calls.push(begin(questions, first));
    questions.ask(question("2"), NEVER).catch(() => undefined);
    await turns();
    expect([first.open.length, second.open.length]).toEqual([1, 1]);
    for (const { end } of calls) await end();
  });

  it("goes to the next one when who was asked has nothing under way any more, and fails when nobody has", async () => {
    const questions = asking();
    const [first, second] = [new Person(), new Person()];
    const calls = [begin(questions, second), begin(questions, first)];
    const answer = questions.ask(question("?"), NEVER);
    answer.catch(() => undefined);
    await turns();
    expect([first.open.length, second.open.length]).toEqual([1, 0]);
    await calls[1]?.end();
    await turns();
    expect(first.open[0]?.signal.aborted).toBe(true);
    expect(second.open.map(({ message }) => message)).toEqual(["peer asks: ?"]);
    await calls[0]?.end();
    await expect(answer).rejects.toThrow("nobody can be asked at the moment");
  });

  it("stays where it is while the person has another call under way there", async () => {
    const questions = asking();
    const person = new Person();
    const calls = [begin(questions, person), begin(questions, person)];
    const answer = questions.ask(question("?"), NEVER);
    await turns();
    await calls[0]?.end();
    await turns();
    expect(person.open.map(({ signal }) => signal.aborted)).toEqual([false]);
    person.open[0]?.answer("yes");
    expect(await answer).toMatchObject({ content: { value: "yes" } });
    await calls[1]?.end();
  });

  it("is asked of those who can be asked; if there is but one call, that one fails for it", async () => {
    const questions = asking();
    const [mute, able] = [new Person({}), new Person()];
    const refusing = { ...mute.relay, ask: () => Promise.reject(new CodemodeError("question", "cannot be asked")) };
    const call = new PendingCall({ signal: NEVER, relay: refusing }, 60_000);
    const end = Promise.withResolvers<void>();
    const during = questions.during(call, () => end.promise);
    const other = begin(questions, able);
    const answer = questions.ask(question("?"), NEVER);
    await turns();
    able.open[0]?.answer("yes");
    expect(await answer).toMatchObject({ content: { value: "yes" } });
    await other.end();
    await expect(questions.ask(question("?"), NEVER)).rejects.toThrow("cannot be asked");
    expect(call.signal.reason).toMatchObject({ code: "question" });
    end.resolve();
    await during;
  });

  it("fails when no call is under way", async () => {
    await expect(asking().ask(question("?"), NEVER)).rejects.toThrow("nobody can be asked at the moment");
  });

  it("is withdrawn when the server gives it up", async () => {
    const questions = asking();
    const person = new Person();
    begin(questions, person);
    const server = new AbortController();
    const answer = questions.ask(question("?"), server.signal);
    answer.catch(() => undefined);
    await turns();
    server.abort();
    await expect(answer).rejects.toThrow("withdrawn");
    expect(person.open).toHaveLength(1);
  });
});

it("an answer goes to the server without what is between its client and us", async () => {
  const questions = asking();
  const person = new Person();
  const meta = { "io.modelcontextprotocol/serverInfo": { name: "x", version: "1" }, "example.com/a": 1 };
  const relay: Relay = { ...person.relay, ask: async () => ({ action: "decline", _meta: meta }) };
  const call = new PendingCall({ signal: NEVER, relay }, 60_000);
  expect(await questions.during(call, () => questions.ask(question("?"), NEVER))).toEqual({
    action: "decline",
    _meta: { "example.com/a": 1 },
  });
  call.end();
});

it("the connection is idle when no call is under way, which is at once if there is none", async () => {
  const questions = asking();
  await questions.idle();
  const calls = [begin(questions, new Person()), begin(questions, new Person())];
  let idle = false;
  const waiting = questions.idle().then(() => (idle = true));
  await calls[0]?.end();
  await turns();
  expect(idle).toBe(false);
  await calls[1]?.end();
  await waiting;
});
