import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { confined, limited, whyNotConfined } from "../../../src/local/confinement.ts";
import type { Command } from "../../../src/local/confinement.ts";

const folder = mkdtempSync(join(tmpdir(), "codemode-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [root, writable, shown, secret] = ["root", "writable", "shown", "secret"].map((name) => join(folder, name)) as [
  string,
  string,
  string,
  string,
];
for (const made of [root, writable]) mkdirSync(made);
for (const file of [shown, secret]) writeFileSync(file, "text");

/** Node stands for a workerd that somebody has taken over: it tries whatever native code could. */
const node = realpathSync(process.execPath);
const view = { root, shown: [node, shown], writable };

/** What a script that prints JSON has printed. */
async function json(wrap: (command: Command) => Command, script: string): Promise<unknown> {
  const { code, stdout, stderr } = await run(
    wrap({ file: node, args: ["-e", `const print = (value) => console.log(JSON.stringify(value)); ${script}`] }),
  );
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

async function run({ file, args }: Command): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe", "pipe"], env: { SECRET: "x" } });
  let [stdout, stderr] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => void (stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => void (stderr += chunk.toString()));
  child.stdio[3]?.on("data", () => {});
  return new Promise((resolve) => void child.once("close", (code) => resolve({ code, stdout, stderr })));
}

const inside = (command: Command) => confined(command, view);
const outside = (command: Command) => command;
/** How an attempt ended, as a code. */
const ATTEMPT = "const attempt = (act) => { try { act(); return 'done'; } catch (error) { return error.code; } };";

const why = process.platform === "linux" ? await whyNotConfined({ file: node, args: ["--version"] }, view) : "not Linux";

describe.skipIf(why !== undefined)("a confined process", () => {
  it("reaches no network, this machine's included", async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const script = `
      const socket = require("node:net").connect(${port}, "127.0.0.1");
      socket.once("connect", () => print("connected"));
      socket.once("error", (error) => print(error.code));
    `;
    expect(await json(outside, script)).toBe("connected");
    expect(await json(inside, script)).toBe("ENETUNREACH");
    expect(await json(inside, "print(Object.values(require('node:os').networkInterfaces()).flat())")).toEqual([]);
    await new Promise((resolve) => void server.close(resolve));
  });

  it("sees the system's programs, what it is shown, and no file besides", async () => {
    const script = `${ATTEMPT}
      const fs = require("node:fs");
      const paths = ["/etc/passwd", "/home", "/root", "/var", "/proc", "/sys", "/dev/null", ${JSON.stringify(secret)}];
      print({ paths: paths.map((path) => attempt(() => fs.statSync(path))), here: [process.cwd(), fs.readdirSync(".")], dev: fs.readdirSync("/dev") });
    `;
    expect(await json(inside, script)).toEqual({ paths: Array(8).fill("ENOENT"), here: ["/empty", []], dev: ["urandom"] });
  });

  it("writes no byte anywhere, and makes files in its one folder alone", async () => {
    const script = `${ATTEMPT}
      process.on("SIGXFSZ", () => {});
      const fs = require("node:fs");
      const places = ["/", "/empty", "/usr", "/dev", "/tmp", ${JSON.stringify(folder)}, ${JSON.stringify(writable)}];
      print([
        places.map((place) => attempt(() => fs.mkdirSync(place + "/made"))),
        attempt(() => fs.writeFileSync(${JSON.stringify(join(writable, "file"))}, "x")),
        attempt(() => fs.unlinkSync(${JSON.stringify(shown)})),
        attempt(() => fs.truncateSync(${JSON.stringify(shown)})),
      ]);
    `;
    expect(await json(inside, script)).toEqual([[...Array(6).fill("EROFS"), "done"], "EFBIG", "EROFS", "EROFS"]);
    expect(readdirSync(writable).toSorted()).toEqual(["file", "made"]);
  });

  it("knows no other process", async () => {
    expect(await json(outside, `${ATTEMPT} print(attempt(() => process.kill(${process.pid}, 0)))`)).toBe("done");
    const script = `${ATTEMPT} print([process.pid, process.ppid, attempt(() => process.kill(${process.pid}, 0)), attempt(() => process.kill(-1, 0))])`;
    expect(await json(inside, script)).toEqual([1, 0, "ESRCH", "ESRCH"]);
  });

  it("has no right, and gets none", async () => {
    const script = `
      const { spawnSync } = require("node:child_process");
      const status = (...command) => spawnSync(command[0], command.slice(1)).status;
      print([
        status("/usr/bin/unshare", "--user", "/bin/true") === 0,
        status("/usr/bin/mount", "-t", "tmpfs", "none", "/empty") === 0,
        status("/usr/sbin/chroot", "/empty", "/bin/true") === 0,
        status("/bin/true"),
      ]);
    `;
    expect(await json(inside, script)).toEqual([false, false, false, 0]);
  });

  it("gets an empty environment", async () => {
    expect(await json(inside, "print(process.env)")).toEqual({});
  });

  it("leaves no mount behind", () => {
    expect(readdirSync(root)).toEqual([]);
  });
});

describe("whether a process can be confined", () => {
  it.each([
    ["a program that ends with an error", "/bin/false", /\S/],
    ["a program that is not there", "/bin/no-such-program", /\S/],
  ])("is refuted by %s", async (_what, file, reason) => {
    expect(await whyNotConfined({ file, args: [] }, view)).toMatch(reason);
  });

  it("is refuted by a root that is not there", async () => {
    expect(await whyNotConfined({ file: "/bin/true", args: [] }, { ...view, root: join(folder, "missing") })).toMatch(/\S/);
  });
});

it.skipIf(process.platform === "win32")("a limited process writes no byte to a file and gets an empty environment", async () => {
  const script = `${ATTEMPT}
    process.on("SIGXFSZ", () => {});
    print([attempt(() => require("node:fs").writeFileSync(${JSON.stringify(join(folder, "limited"))}, "x")), process.env]);
  `;
  expect(await json(outside, script.replace("limited", "free"))).toEqual(["done", { SECRET: "x" }]);
  expect(await json(limited, script)).toEqual(["EFBIG", {}]);
  const { stdout } = await run(limited({ file: "/bin/sh", args: ["-c", "ulimit -c; ulimit -f; ulimit -n"] }));
  expect(stdout).toBe("0\n0\n256\n");
});
