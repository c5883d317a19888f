import { open } from "node:fs/promises";

const PAGE_BYTES = 4_096;

/** The resident memory of one process, looked at again and again. */
export interface ProcessMemory {
  /** In bytes; 0 where the system does not tell it by a file (only Linux does), and once the process has ended. */
  read(): Promise<number>;
  close(): void;
}

/** The file stays open, and what is read of it is small: a supervisor that looks twenty times a second must not make garbage of it. */
export async function memoryOf(pid: number): Promise<ProcessMemory> {
  const file = await open(`/proc/${pid}/statm`).catch(() => undefined);
  if (file === undefined) return { read: async () => 0, close: () => {} };
  return {
    async read() {
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(128), 0, 128, 0);
        const [, resident = "0"] = buffer.toString("latin1", 0, bytesRead).split(" ");
        return Number(resident) * PAGE_BYTES;
      } catch {
        return 0;
      }
    },
    close: () => void file.close().catch(() => {}),
  };
}
