// Has a child that neither stdin nor SIGTERM ends, as with `npx server`; it shares our stderr, so that the pipe's end tells of its death.
import { spawn } from "node:child_process";

const grandchild = spawn(process.execPath, [new URL("stdio-deaf.mjs", import.meta.url).pathname], { stdio: ["ignore", "pipe", "inherit"] });
grandchild.stdout.once("data", () => console.log(JSON.stringify({ pid: process.pid, grandchild: grandchild.pid })));
process.stdin.once("data", () => process.exit(0));
