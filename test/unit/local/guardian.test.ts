import { spawn } from "node:child_process";
import { existsSync, watch } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const GUARDIAN = join(import.meta.dirname, "../../../src/local/guardian.ts");
const DEAF = join(import.meta.dirname, "../../support/stdio-deaf.mjs");

/** Starts a deaf child under a guardian; both the child and the child's child hold its stderr, so that our pipe ends with the last of them. */
const PARENT = `
import { spawn } from "node:child_process";
import { startGuardian } from ${JSON.stringify(GUARDIAN)};
const guardian = startGuardian();
const start = () => spawn(process.execPath, [${JSON.stringify(DEAF)}], { stdio: ["ignore", "pipe", "inherit"], detached: true });
const gone = start();
guardian.watch(gone.pid);
gone.once("exit", () => {
  guardian.release(gone.pid);
  const child = start();
  guardian.watch(child.pid);
  child.stdout.once("data", () => console.log(guardian.folder));
});
gone.kill("SIGKILL");
`;

describe.skipIf(process.platform === "win32")("guardian", () => {
  it("ends the children and removes the folder after kill -9", async () => {
    const parent = spawn(process.execPath, ["--input-type=module", "-e", PARENT], { stdio: ["ignore", "pipe", "pipe"] });
    const childrenGone = new Promise<void>((resolve) => void parent.stderr.resume().once("end", resolve));
    const folder = await new Promise<string>(
      (resolve) => void parent.stdout.once("data", (data: Buffer) => resolve(data.toString().trim())),
    );
    expect(existsSync(folder)).toBe(true);
    const folderGone = new Promise<void>((resolve) => {
      const watcher = watch(folder, () => {
        if (existsSync(folder)) return;
        watcher.close();
        resolve();
      });
    });
    parent.kill("SIGKILL");
    await childrenGone;
    await folderGone;
  });
});
