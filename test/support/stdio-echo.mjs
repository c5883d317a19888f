// Answers each line with what it got and where it runs.
import { createInterface } from "node:readline";

for await (const line of createInterface({ input: process.stdin })) {
  const { cwd, env, pid, argv } = process;
  console.log(JSON.stringify({ got: JSON.parse(line), cwd: cwd(), env, pid, args: argv.slice(2) }));
}
