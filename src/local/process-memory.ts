import { readFile } from "node:fs/promises";

const PAGE_BYTES = 4_096;

/**
 * The resident memory of a process, in bytes. 0 where the system does not tell it by a file (only Linux does): there the JavaScript heap's
 * own limit is the only one.
 */
export async function memoryOf(pid: number): Promise<number> {
  try {
    const [, resident = "0"] = (await readFile(`/proc/${pid}/statm`, "utf8")).split(" ");
    return Number(resident) * PAGE_BYTES;
  } catch {
    return 0;
  }
}
