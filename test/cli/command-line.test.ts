import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };

const ROOT = join(import.meta.dirname, "../..");

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "codemode-test-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

interface Transcript {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in `folder` to its end. */
function run(args: readonly string[], root = ROOT): Promise<Transcript> {
  const child = spawn(process.execPath, [join(root, "src/local/cli.ts"), ...args], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => void (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => void (stderr += chunk.toString()));
  return new Promise((resolve) => void child.once("close", (code) => resolve({ code, stdout, stderr })));
}

describe("codemode-proxy", () => {
  it("--help says how to use it", async () => {
    expect(await run(["--help"])).toEqual({
      code: 0,
      stderr: "",
      stdout: `codemode-proxy: one MCP tool in front of all your MCP servers.

Usage
  codemode-proxy serve [--config FILE] [--port N]   serve MCP over HTTP on 127.0.0.1
  codemode-proxy stdio [--config FILE] [--profile P]
                                                    serve MCP over stdin and stdout, for a client that starts commands
  codemode-proxy auth KEY [--config FILE]           connect an upstream with OAuth: prints a link, and opens the browser
  codemode-proxy auth --revoke KEY, auth --list     give a connection up; show which upstreams are connected
  codemode-proxy types [--config FILE] [--level L] [--profile P]
                                                    start the upstreams, print what a model sees of them, and end
  codemode-proxy log [--json] [--follow] [--count N] [--url URL]
                                                    print what was run on this machine, or at a proxy elsewhere

Options
  --config FILE   the configuration (codemode.jsonc in the current folder)
  --port N        the port to serve on (8787); 0 takes a free one and prints it
  --level L       full (unless said), brief, signature or name: the declarations in so much detail;
                  checked: what programs are checked against; description: the tool's description
  --list          auth: the upstreams with OAuth, and when each was connected or renewed
  --revoke KEY    auth: forgets what is kept of an upstream, and tells its server
  --profile P     the profile that the client gets (serve has it at /mcp/P): readonly, or one of the configuration
  --json          one JSON object a line, with everything that is kept
  --follow        go on with what comes
  --count N       the last N executions (20)
  --url URL       ask this proxy, with AUTH_TOKEN, for what it has run for you
  --help          print this
  --version       print the version

Environment
  AUTH_TOKEN      if set, callers over HTTP have to send "Authorization: Bearer <its value>"
  CODEMODE_STATE  the folder where connections are kept, sealed ($XDG_STATE_HOME/codemode-proxy, ~/.local/state/codemode-proxy)
  CODEMODE_KEY    what they are sealed with, instead of the file "key" there; CODEMODE_KEY_PREVIOUS still opens, to change it
  Variables that the configuration refers to, as in \${env:GITHUB_TOKEN}.

Exit codes
  0  ended as asked: end of input, Ctrl-C, SIGTERM, SIGHUP
  1  could not start, or broke down; auth: not connected; types: an upstream is missing in what was printed
  2  the command line or the configuration is wrong; nothing was started
`,
    });
    expect((await run(["stdio", "-h"])).stdout).toMatch(/^codemode-proxy: /);
  });

  it("--version prints the version alone", async () => {
    expect(await run(["--version"])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: "" });
  });

  it.each([
    [[], "Say what to run: serve, stdio, types, auth or log."],
    [["start"], "Unknown command 'start': there are serve, stdio, types, auth and log."],
    [["auth"], "auth takes one of these: the KEY of an upstream, --revoke KEY, --list."],
    [["auth", "peer", "--list"], "auth takes one of these: the KEY of an upstream, --revoke KEY, --list."],
    [["auth", "peer", "other"], "Unexpected argument 'other'."],
    [["serve", "--list"], "--list belongs to auth."],
    [["types", "--revoke", "peer"], "--revoke belongs to auth."],
    [["serve", "extra"], "Unexpected argument 'extra'."],
    [["serve", "--colour"], "Unknown option '--colour'."],
    [["serve", "--port"], "Option '--port <value>' argument missing."],
    [["serve", "--port", "70000"], "--port takes a number from 0 to 65535, not '70000'."],
    [["serve", "--port=-1"], "--port takes a number from 0 to 65535, not '-1'."],
    [["serve", "--port", "8080x"], "--port takes a number from 0 to 65535, not '8080x'."],
    [["stdio", "--port", "1"], "--port belongs to serve: stdio has no port."],
    [["types", "--port", "1"], "--port belongs to serve: types has no port."],
    [["serve", "--level", "full"], "--level belongs to types: serve shows each caller as much as fits."],
    [["serve", "--profile", "p"], "--profile belongs to stdio and types: serve has every profile, this one at /mcp/p."],
    [["serve", "--json"], "--json belongs to log: serve prints no log."],
    [["stdio", "--url", "http://127.0.0.1"], "--url belongs to log: stdio prints no log."],
    [["log", "--config", "x"], "log reads what every proxy of this user has run: --config and --profile do not belong to it."],
    [["log", "--count", "1001"], "--count takes a number from 1 to 1000, not '1001'."],
    [["log", "--url", "ftp://a.b"], "--url takes the address of a proxy, as in https://proxy.example.com, not 'ftp://a.b'."],
    [["types", "--level", "loud"], "--level takes full, brief, signature, name, checked or description, not 'loud'."],
  ])("refuses %j in one line", async (args, message) => {
    expect(await run(args)).toEqual({ code: 2, stdout: "", stderr: `codemode-proxy: ${message} See codemode-proxy --help.\n` });
  });
});

describe("configuration", () => {
  it.each(["serve", "stdio", "types"])("%s says where it looked", async (command) => {
    const remedy = "Write one, or name another with --config FILE.";
    const inFolder = {
      code: 2,
      stdout: "",
      stderr: `codemode-proxy: No configuration file at ${join(folder, "codemode.jsonc")}. ${remedy}\n`,
    };
    expect(await run([command])).toEqual(inFolder);
    const named = { code: 2, stdout: "", stderr: `codemode-proxy: No configuration file at ${join(folder, "other.jsonc")}. ${remedy}\n` };
    expect(await run([command, "--config", "other.jsonc"])).toEqual(named);
  });

  it("names a file that it cannot read", async () => {
    const stderr = `codemode-proxy: Cannot read ${folder} (EISDIR). Name a readable file with --config FILE.\n`;
    expect(await run(["serve", "--config", folder])).toEqual({ code: 2, stdout: "", stderr });
  });

  it("lists what is wrong with a file, and starts nothing", async () => {
    const started = join(folder, "started");
    const good = { command: process.execPath, args: ["-e", `require("fs").writeFileSync(${JSON.stringify(started)}, "")`] };
    await writeFile(
      join(folder, "codemode.jsonc"),
      JSON.stringify({ mcpServers: { good, bad: { command: 1 }, worse: { url: "ftp://x" } } }),
    );
    const { code, stdout, stderr } = await run(["serve", "--port", "0"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    const lines = stderr.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^codemode-proxy: mcpServers\.bad\.command: /);
    expect(lines[1]).toMatch(/^mcpServers\.worse\.url: /);
    expect(lines[2]).toBe("Correct codemode.jsonc and start again.");
    expect(lines).toHaveLength(3);
    await expect(rm(started)).rejects.toThrow("ENOENT");
  });

  it("names file, line and column of a syntax error", async () => {
    await writeFile(join(folder, "codemode.jsonc"), '{\n  "mcpServers": {,}\n}\n');
    const { code, stderr } = await run(["stdio"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^codemode-proxy: codemode\.jsonc:2:\d+: /);
  });

  it("refuses a variable with the name of a binding", async () => {
    await writeFile(join(folder, "codemode.jsonc"), JSON.stringify({ mcpServers: { a: { url: "https://${env:RUNTIME}/mcp" } } }));
    const root = await copyOfSource();
    await mkdir(join(root, "dist"));
    await writeFile(join(root, "dist/worker.js"), "");
    expect(await run(["serve", "--port", "0"], root)).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "codemode-proxy: The configuration refers to the environment variable RUNTIME, a name that the Worker uses itself. Give the variable another name.\n",
    });
  });
});

describe("start", () => {
  beforeEach(async () => {
    await writeFile(join(folder, "codemode.jsonc"), '{ "mcpServers": {} }');
  });

  it("names the port that is in use", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    expect(await run(["serve", "--port", String(port)])).toEqual({
      code: 1,
      stdout: "",
      stderr: `codemode-proxy: Port ${port} on 127.0.0.1 is in use by another process. End that process, or choose another port; --port 0 takes a free one.\n`,
    });
    server.close();
  });

  it.each(["serve", "stdio", "types"])("%s says that the Worker is not built", async (command) => {
    const root = await copyOfSource();
    expect(await run([command, ...(command === "serve" ? ["--port", "0"] : [])], root)).toEqual({
      code: 1,
      stdout: "",
      stderr: `codemode-proxy: The Worker is not built: ${join(root, "dist/worker.js")} is missing. Run \`npm run build\`, or install the package again.\n`,
    });
  });

  it("says that workerd did not start", async () => {
    const root = await copyOfSource();
    await mkdir(join(root, "dist"));
    await writeFile(join(root, "dist/worker.js"), "this is no module");
    const { code, stdout, stderr } = await run(["serve", "--port", "0"], root);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("SyntaxError");
    expect(stderr).toContain("\ncodemode-proxy: workerd did not start (exit code 1). Its own message, if it left one, is above.\n");
  });
});

/** The sources without a build, inside `folder`. */
async function copyOfSource(): Promise<string> {
  const root = join(folder, "copy");
  await cp(join(ROOT, "src"), join(root, "src"), { recursive: true });
  await cp(join(ROOT, "package.json"), join(root, "package.json"));
  await symlink(join(ROOT, "node_modules"), join(root, "node_modules"), "junction");
  return root;
}
