import { open } from "node:fs/promises";

const PAGE_BYTES = 4_096;
/** Linux counts in hundredths of a second there, whatever the kernel's own tick is. */
const TICK_MS = 10;

/** What one process uses of the machine, looked at again and again. Where the system does not tell it by a file, and only Linux does: */
export interface ProcessUsage {
  /** Resident memory in bytes; else 0, and so once the process has ended. */
  memoryBytes(): Promise<number>;
  /** Processor time of all its threads; else the time of day. Only differences mean something. */
  cpuMs(): Promise<number>;
  close(): void;
}

export async function usageOf(pid: number): Promise<ProcessUsage> {
  const [memory, stat] = await Promise.all([fileOf(`/proc/${pid}/statm`), fileOf(`/proc/${pid}/stat`)]);
  return {
    async memoryBytes() {
      const [, resident = "0"] = ((await memory?.read()) ?? "").split(" ");
      return Number(resident) * PAGE_BYTES;
    },
    async cpuMs() {
      const text = await stat?.read();
      if (text === undefined) return performance.now();
      // The second field is the program's name, in parentheses and with whatever is in it.
      const [user = "0", system = "0"] = text
        .slice(text.lastIndexOf(")") + 2)
        .split(" ")
        .slice(11, 13);
      return (Number(user) + Number(system)) * TICK_MS;
    },
    close() {
      memory?.close();
      stat?.close();
    },
  };
}

/** The file stays open, and what is read of it is small: a supervisor that looks twenty times a second must not make garbage of it. */
async function fileOf(path: string) {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return undefined;
  return {
    async read(): Promise<string | undefined> {
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
        return buffer.toString("latin1", 0, bytesRead);
      } catch {
        return undefined;
      }
    },
    close: () => void file.close().catch(() => {}),
  };
}
