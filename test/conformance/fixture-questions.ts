import { acceptedContent, CLIENT_CAPABILITIES_META_KEY, inputRequired } from "@modelcontextprotocol/server";
import type {
  CallToolResult,
  ClientCapabilities,
  InputRequests,
  InputRequiredResult,
  McpServer,
  RequestStateCodec,
  ServerContext,
} from "@modelcontextprotocol/server";
import * as z from "zod";
import { text } from "./fixture-tools.ts";

interface State {
  readonly round: number;
}
export type StateCodec = RequestStateCodec<State>;

type Answered = CallToolResult | InputRequiredResult;

/** The tools and the prompt that ask. They do so with their result; toward clients of the 2025 revisions the SDK makes requests of it. */
export function registerQuestions(server: McpServer, codec: StateCodec): void {
  const tool = (name: string, description: string, call: (ctx: ServerContext) => Answered | Promise<Answered>) =>
    server.registerTool(name, { description }, call);
  /** Asks until there is an answer to each question; `withState` sends a state along. */
  const asking = (name: string, asked: InputRequests, withState: boolean, done: (answers: Answers) => string) =>
    tool(name, `Asks for ${Object.keys(asked).join(", ")}`, async (ctx) => {
      const answers: Answers = ctx.mcpReq.inputResponses ?? {};
      const open = Object.entries(asked).filter(([key, { method }]) => !isAnswer(method, answers[key]));
      if (open.length === 0) return text(done(answers));
      return inputRequired({
        inputRequests: Object.fromEntries(open),
        ...(withState && { requestState: await codec.mint({ round: 1 }, ctx) }),
      });
    });
  const all = (answers: Answers) => `Answered: ${JSON.stringify(answers)}`;

  server.registerTool(
    "test_sampling",
    { description: "Asks the model", inputSchema: z.object({ prompt: z.string() }) },
    ({ prompt }, ctx) => {
      const answer = ctx.mcpReq.inputResponses?.["answer"];
      if (isAnswer("sampling/createMessage", answer)) return text(`LLM response: ${JSON.stringify(answer)}`);
      return inputRequired({ inputRequests: { answer: sample(prompt, 100) } });
    },
  );
  const contact = object({ username: { type: "string", description: "User's response" }, email: { type: "string" } });
  server.registerTool(
    "test_elicitation",
    { description: "Asks the user", inputSchema: z.object({ message: z.string() }) },
    ({ message }, ctx) => {
      const answer = ctx.mcpReq.inputResponses?.["answer"];
      if (isAnswer("elicitation/create", answer)) return text(`User response: ${JSON.stringify(answer)}`);
      return inputRequired({ inputRequests: { answer: elicit(message, contact) } });
    },
  );
  asking("test_elicitation_sep1034_defaults", { answer: elicit("Check the defaults", DEFAULTS) }, false, all);
  asking("test_elicitation_sep1330_enums", { answer: elicit("Choose", ENUMS) }, false, all);
  asking("test_streaming_elicitation", { answer: elicit("Go on?", object({ ok: { type: "boolean" } })) }, false, all);
  asking("test_missing_capability", { answer: sample("Anything", 10) }, false, all);

  asking("test_input_required_result_elicitation", { user_name: elicit("What is your name?", NAME) }, false, (answers) => {
    return `Hello, ${String(acceptedContent(answers, "user_name")?.["name"])}!`;
  });
  asking("test_input_required_result_sampling", { capital_question: sample("What is the capital of France?", 100) }, false, all);
  asking("test_input_required_result_list_roots", { client_roots: inputRequired.listRoots() }, false, all);
  const confirm = { confirm: elicit("Please confirm", object({ ok: { type: "boolean" } })) };
  asking("test_input_required_result_request_state", confirm, true, () => "state-ok");
  asking("test_input_required_result_tampered_state", confirm, true, all);
  asking(
    "test_input_required_result_multiple_inputs",
    {
      user_name: elicit("What is your name?", NAME),
      greeting: sample("Generate a greeting", 50),
      client_roots: inputRequired.listRoots(),
    },
    true,
    all,
  );
  tool("test_input_required_result_multi_round", "Asks twice", async (ctx) => {
    const round = ctx.mcpReq.requestState<State>()?.round ?? 0;
    const answers = ctx.mcpReq.inputResponses;
    if (round === 2 && acceptedContent(answers, "step2") !== undefined) return text("Two rounds done");
    const first = round === 0 || acceptedContent(answers, "step1") === undefined;
    const step1 = elicit("Step 1: What is your name?", NAME);
    const step2 = elicit("Step 2: What is your favorite color?", object({ color: { type: "string" } }));
    const requestState = await codec.mint({ round: first ? 1 : 2 }, ctx);
    return inputRequired({ inputRequests: first ? { step1 } : { step2 }, requestState });
  });
  tool("test_input_required_result_capabilities", "Asks what the client can be asked", ({ mcpReq }) => {
    if (mcpReq.inputResponses !== undefined) return text("Answered");
    const { envelope = {} } = mcpReq as { envelope?: Record<string, unknown> };
    const can = (envelope[CLIENT_CAPABILITIES_META_KEY] ?? server.server.getClientCapabilities() ?? {}) as ClientCapabilities;
    const inputRequests = {
      ...(can.elicitation !== undefined && { user_name: elicit("What is your name?", NAME) }),
      ...(can.sampling !== undefined && { greeting: sample("Generate a greeting", 50) }),
    };
    return inputRequired({ inputRequests });
  });
  server.registerPrompt("test_input_required_result_prompt", { description: "Asks before it is made" }, ({ mcpReq }) => {
    const answer = acceptedContent(mcpReq.inputResponses, "user_context");
    if (answer === undefined) {
      const asked = elicit("What context should the prompt use?", object({ context: { type: "string" } }));
      return inputRequired({ inputRequests: { user_context: asked } });
    }
    return { messages: [{ role: "user", content: { type: "text", text: `Use this context: ${String(answer["context"])}` } }] };
  });
}

type Answers = Record<string, unknown>;
type Form = Parameters<typeof inputRequired.elicit>[0]["requestedSchema"];

/** Whether the answer is one to a question of this kind at all: the suites also send nonsense. */
function isAnswer(method: string, answer: unknown): boolean {
  if (typeof answer !== "object" || answer === null) return false;
  const members: Readonly<Record<string, string>> = {
    "elicitation/create": "action",
    "sampling/createMessage": "role",
    "roots/list": "roots",
  };
  return (members[method] ?? "") in answer;
}

function elicit(message: string, requestedSchema: Form) {
  return inputRequired.elicit({ message, requestedSchema });
}

function sample(prompt: string, maxTokens: number) {
  return inputRequired.createMessage({ messages: [{ role: "user", content: { type: "text", text: prompt } }], maxTokens });
}

function object(properties: Record<string, object>, required = Object.keys(properties)): Form {
  return { type: "object", properties, required } as Form;
}

const NAME = object({ name: { type: "string" } });

const DEFAULTS = object(
  {
    name: { type: "string", default: "John Doe" },
    age: { type: "integer", default: 30 },
    score: { type: "number", default: 95.5 },
    status: { type: "string", enum: ["active", "inactive", "pending"], default: "active" },
    verified: { type: "boolean", default: true },
  },
  [],
);

const titled = (word: string) => ["First", "Second", "Third"].map((nth, at) => ({ const: `value${at + 1}`, title: `${nth} ${word}` }));

const ENUMS = object(
  {
    untitledSingle: { type: "string", enum: ["option1", "option2", "option3"] },
    titledSingle: { type: "string", oneOf: titled("Option") },
    legacyEnum: { type: "string", enum: ["opt1", "opt2", "opt3"], enumNames: ["Option One", "Option Two", "Option Three"] },
    untitledMulti: { type: "array", items: { type: "string", enum: ["option1", "option2", "option3"] } },
    titledMulti: { type: "array", items: { anyOf: titled("Choice") } },
  },
  [],
);
