import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A suite of `@modelcontextprotocol/conformance`: a version of the package, and what of it is run. */
export interface Suite {
  readonly name: string;
  readonly version: "0.1" | "0.2";
  readonly args: readonly string[];
}

export const SUITES = [
  { name: "0.1", version: "0.1", args: ["--suite", "all"] },
  { name: "2025-11-25", version: "0.2", args: ["--requirements", "2025-11-25"] },
  { name: "2026-07-28", version: "0.2", args: ["--requirements", "2026-07-28"] },
] as const satisfies readonly Suite[];

export type SuiteName = (typeof SUITES)[number]["name"];

/** The checks of each scenario that was run that have failed, with what the suite says; a warning counts as it does for the suite. */
export type Verdicts = ReadonlyMap<string, ReadonlyMap<string, string>>;

interface Check {
  readonly id: string;
  readonly status: string;
  readonly errorMessage?: string;
}

/** Runs a suite against the server at this URL. */
export async function runServerSuite({ version, args }: Suite, url: string): Promise<Verdicts> {
  return runCli(version, ["server", "--url", url, ...args]);
}

/** Runs one scenario against a client, which is this command with the URL of the scenario's server behind it. */
export async function runClientScenario(version: Suite["version"], scenario: string, revision: string, command: string): Promise<Verdicts> {
  return runCli(version, ["client", "--command", command, "--scenario", scenario, "--spec-version", revision]);
}

/** Runs all scenarios against an authorization server; `signIn` is a person who opens the link that the suite prints. */
export async function runAuthorizationSuite(args: readonly string[], signIn: (link: URL) => Promise<unknown>): Promise<Verdicts> {
  let signedIn: Promise<unknown> | undefined;
  const verdicts = await runCli("0.2", ["authorization", ...args], (output) => {
    const [link] = /^https?:\S+response_type=code\S+$/m.exec(output) ?? [];
    if (link !== undefined) signedIn ??= signIn(new URL(link));
  });
  await signedIn;
  return verdicts;
}

async function runCli(
  version: Suite["version"],
  args: readonly string[],
  onOutput: (output: string) => void = () => {},
): Promise<Verdicts> {
  const folder = await mkdtemp(join(tmpdir(), "codemode-conformance-"));
  try {
    const cli = join(dirname(createRequire(import.meta.url).resolve(`mcp-conformance-${version}/package.json`)), "dist/index.js");
    const child = spawn(process.execPath, [cli, ...args, "--output-dir", folder], { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString();
        onOutput(output);
      });
    }
    // Its exit code says that something has failed; what, is in the files.
    await new Promise((resolve) => void child.once("close", resolve));
    const verdicts = await readVerdicts(folder);
    if (verdicts.size === 0) throw new Error(`conformance ${version} ${args.join(" ")} has run nothing: ${output.slice(-2_000)}`);
    return verdicts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Each scenario leaves `<mode>-<scenario>-<time>/checks.json`; a name with a slash makes folders of it. */
async function readVerdicts(folder: string): Promise<Verdicts> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith("checks.json"));
  const verdicts = await Promise.all(
    files.map(async (file) => {
      const scenario = dirname(file)
        .replace(/^server-(?=.*-\d{4}-\d\d-\d\dT)/, "")
        .replace(/-\d{4}-\d\d-\d\dT[\dTZ:.-]*$/, "");
      const checks = JSON.parse(await readFile(join(folder, file), "utf8")) as Check[];
      const failed = checks.filter(({ status }) => status === "FAILURE" || status === "WARNING");
      return [scenario, new Map(failed.map(({ id, errorMessage = "" }) => [id, errorMessage] as const))] as const;
    }),
  );
  return new Map(verdicts);
}
