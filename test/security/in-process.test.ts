import { describe, expect, it } from "vitest";
import { present } from "../../src/mcp/present.ts";
import { runProgram } from "../support/run-program.ts";
import type { Script } from "../support/run-program.ts";
import { PROFILES } from "./attack.ts";
import type { Arrived, Profile } from "./attack.ts";
import { innocentAnswer, innocentProgram } from "./innocent.ts";
import { judge } from "./judge.ts";
import { ATTACKS } from "./table.ts";
import { answer, UPSTREAMS_OF } from "./upstreams.ts";

const names = Object.values(UPSTREAMS_OF.crowded).flatMap((tools) => tools.map(({ name }) => name));
const script: Script = Object.fromEntries(names.map((name) => [name, (args: Record<string, unknown>) => answer(name, args)]));

async function run(program: string, profile: Profile) {
  const execution = await runProgram(program, { script, limits: PROFILES[profile], upstreams: UPSTREAMS_OF[profile] });
  const blocks = present(execution, program).content.map((block) => (block.type === "text" ? block.text : block.type));
  return { kind: execution.outcome.kind, blocks, calls: execution.calls as readonly Arrived[] };
}

let innocents = 0;
async function runInnocent(profile: Profile): Promise<void> {
  const n = (innocents += 1);
  expect((await run(innocentProgram(n), profile)).blocks).toEqual(innocentAnswer(n));
}

describe.each(Object.entries(ATTACKS))("%s", (_topic, attacks) => {
  it.each(attacks.filter(({ where }) => where === "both"))(
    "$name",
    async (attack) => {
      const { program, profile = "usual" } = attack;
      const [{ kind, blocks, calls }] = await Promise.all([run(program, profile), runInnocent(profile)]);
      judge(attack, { kind, text: blocks.join("\n\n"), calls });
    },
    30_000,
  );
});

it("an innocent program runs after all of them", () => runInnocent("usual"));

it("no attack has changed the prototypes of the host", () => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect("polluted" in {}).toBe(false);
});
