import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { LIMITS } from "../../src/core/limits.ts";
import type { ErrorCode } from "../../src/core/errors.ts";
import { ROOT } from "../support/proxy.ts";
import { CODES_ELSEWHERE, ERROR_CASES } from "./error-cases.ts";
import { ErrorProxies } from "./error-proxies.ts";

const MAX_CHARS = 1_200;

const proxies = new ErrorProxies();
afterAll(() => proxies.close());

const answers = new Map<string, string>();

describe.each(Object.entries(ERROR_CASES))("%s", (_topic, cases) => {
  it.each(cases)("$when", async (each) => {
    const answer = await proxies.answer(each);
    answers.set(each.when, answer);
    expect(answer).toContain(each.fix);
    if (each.nowhere === undefined) expect(answer).toMatch(/program\.js:\d+:\d+[^]*\n\d+ \| .*\n +\^/);
    expect(answer.length).toBeLessThan(MAX_CHARS);
  });
});

it("docs/errors.md has all of them as they are; vitest -u writes it anew", async () => {
  await expect(page()).toMatchFileSnapshot(join(ROOT, "docs/errors.md"));
});

it("every code of an error is among them, or is read by no model", () => {
  const codes = {
    program_syntax: 0,
    tool_unknown: 0,
    tool_arguments: 0,
    tool_failed: 0,
    tool_approval: 0,
    sign_in: 0,
    question: 0,
    limit: 0,
    upstream: 0,
    config: 0,
    cancelled: 0,
    fault: 0,
  } satisfies Record<ErrorCode, 0>;
  const cases = Object.values(ERROR_CASES).flat();
  const missing = Object.keys(codes).filter((code) => !(code in CODES_ELSEWHERE) && !cases.some((each) => each.code === code));
  expect(missing).toEqual([]);
  for (const { limit, when } of cases) if (limit !== undefined) expect(answers.get(when)).toContain(`${limit} = `);
  expect(Object.keys(LIMITS)).toEqual(expect.arrayContaining(cases.flatMap(({ limit }) => limit ?? [])));
});

function page(): string {
  const rows = Object.entries(ERROR_CASES).flatMap(([, cases]) =>
    cases.map(({ when, nowhere, fix }) => {
      const place = nowhere ?? /program\.js:\d+:\d+/.exec(answers.get(when) ?? "")?.[0] ?? "";
      return `| ${when} | ${place} | ${cell(fix)} | ${answers.get(when)?.length} |`;
    }),
  );
  const sections = Object.entries(ERROR_CASES).flatMap(([topic, cases]) => [
    `## ${topic}`,
    ...cases.flatMap(({ when, program }) => [
      `### ${when}`,
      `\`\`\`ts\n${program.length > 500 ? `${program.slice(0, 60)}…` : program}\n\`\`\``,
      `\`\`\`\`text\n${answers.get(when)}\n\`\`\`\``,
    ]),
  ]);
  return `${[HEAD, TABLE_HEAD + rows.join("\n"), ...sections].join("\n\n")}\n`;
}

const HEAD = `# What a model reads when something goes wrong

Written by \`test/pins/errors.test.ts\`, which runs each program through the real proxy and fails when an answer is another one: \`npx vitest run --project e2e
test/pins/errors.test.ts -u\` writes this page anew. Each answer is shorter than ${MAX_CHARS} characters, and names the place and what to do. Durations and ids
are replaced.`;

const TABLE_HEAD = "| When | Place | It names | Characters |\n| --- | --- | --- | --- |\n";

function cell(text: string): string {
  return `\`${text.replaceAll("|", "\\|").replaceAll("`", "")}\``;
}
