import type { Client } from "@modelcontextprotocol/client";
import * as z from "zod";
import { CodemodeError } from "../core/errors.ts";
import type { Limits } from "../core/limits.ts";

export type ListMethod = "tools/list" | "resources/list" | "resources/templates/list" | "prompts/list";

export interface Pages {
  readonly items: readonly unknown[];
  /** For how long the list may be taken as it is, if the server says so (2026-07-28); of several pages the shortest time. */
  readonly ttlMs?: number;
}

/**
 * The items of all pages of a list, unread: the SDK's own schema rejects a whole page for one bad item, so only the frame is checked here. Rejects
 * with the SDK's error if a page cannot be had in time, with CodemodeError if there is no end of them.
 */
export async function readPages(
  client: Client,
  method: ListMethod,
  member: string,
  { listMs, listPages }: Pick<Limits, "listMs" | "listPages">,
  signal?: AbortSignal,
): Promise<Pages> {
  const options = { timeout: listMs, ...(signal !== undefined && { signal }) };
  const ttl = z.number().nonnegative().optional().catch(undefined);
  const pageSchema = z.looseObject({ [member]: z.array(z.unknown()), nextCursor: z.string().optional(), ttlMs: ttl });
  const items: unknown[] = [];
  let ttlMs = Number.POSITIVE_INFINITY;
  const cursors = new Set<string>();
  let cursor: string | undefined;
  for (;;) {
    if (cursors.size >= listPages) {
      throw new CodemodeError("limit", `${method} has more than listPages = ${listPages} pages`, {
        remedy: "Raise limits.listPages in the configuration, if it ends at all.",
      });
    }
    const page = await client.request({ method, params: cursor === undefined ? {} : { cursor } }, pageSchema, options);
    for (const item of page[member] as unknown[]) items.push(item);
    ttlMs = Math.min(ttlMs, (page.ttlMs as number | undefined) ?? ttlMs);
    cursor = page.nextCursor as string | undefined;
    if (cursor === undefined) return { items, ...(Number.isFinite(ttlMs) && { ttlMs }) };
    if (cursors.has(cursor)) throw new CodemodeError("upstream", `${method} does not end: it repeats a cursor`);
    cursors.add(cursor);
  }
}
