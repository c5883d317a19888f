import type { ContentBlock } from "@modelcontextprotocol/client";
import * as z from "zod";
import { byteLength } from "../core/bytes.ts";
import type { Limits } from "../core/limits.ts";
import { forwardableMeta } from "../core/meta.ts";
import type { PackedBlock } from "../sandbox/executor.ts";

/** Names, annotations and metadata of one block, as JSON: it is parsed here, and a few characters of hostile JSON can take much memory. */
const MAX_HEAD_CHARS = 16_384;

export const WHY_REFUSED = `Data has to be base64, and everything besides it at most ${MAX_HEAD_CHARS} characters of JSON.`;

const meta = z.record(z.string(), z.unknown()).transform(forwardableMeta).optional().catch(undefined);
const annotations = z
  .object({
    audience: z
      .array(z.enum(["user", "assistant"]))
      .optional()
      .catch(undefined),
    priority: z.number().min(0).max(1).optional().catch(undefined),
    lastModified: z.iso.datetime({ offset: true }).optional().catch(undefined),
  })
  .optional()
  .catch(undefined);
const shared = { annotations, _meta: meta };
const optionalText = z.string().optional().catch(undefined);
/** Stands where the body belongs. */
const here = z.literal(true);

const icons = z
  .array(
    z.object({
      src: z.string(),
      mimeType: optionalText,
      sizes: z.array(z.string()).optional(),
      theme: z.enum(["light", "dark"]).optional(),
    }),
  )
  .optional()
  .catch(undefined);

/** What clients accept: they refuse a whole result for one bad block. An optional member that is wrong is dropped, and so is an unknown one. */
const headSchema = z.union([
  z.object({ type: z.literal("text"), text: here, ...shared }),
  z.object({ type: z.enum(["image", "audio"]), data: here, mimeType: z.string(), ...shared }),
  z.object({
    type: z.literal("resource_link"),
    uri: z.string(),
    name: z.string(),
    title: optionalText,
    description: optionalText,
    mimeType: optionalText,
    size: z.number().optional().catch(undefined),
    icons,
    ...shared,
  }),
  z.object({
    type: z.literal("resource"),
    resource: z.union([
      z.object({ uri: z.string(), mimeType: optionalText, _meta: meta, text: here }),
      z.object({ uri: z.string(), mimeType: optionalText, _meta: meta, blob: here }),
    ]),
    ...shared,
  }),
]);

/** The content blocks that an execution gives to its caller, within `blocks`, `blockBytes` and `resultChars`. Its input is hostile. */
export class BlockCollector {
  readonly #limits: Limits;
  readonly #emitted: ContentBlock[] = [];
  #blocks = 0;
  #bytes = 0;
  #chars = 0;
  #dropped = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** A block that the program has emitted. */
  emit(head: unknown, body: unknown): void {
    const block = this.#take(head, body);
    if (block === undefined) this.#dropped += 1;
    else this.#emitted.push(block);
  }

  /** The blocks of the value that the program returned, and how many of them were refused. */
  returned(packed: readonly PackedBlock[]): { blocks: ContentBlock[]; refused: number } {
    const blocks = packed.flatMap(({ head, body }) => this.#take(head, body) ?? []);
    return { blocks, refused: packed.length - blocks.length };
  }

  /** `droppedInside`: blocks that the harness says it did not send. */
  emitted(droppedInside: number): { blocks: readonly ContentBlock[]; dropped: number } {
    return { blocks: this.#emitted, dropped: this.#dropped + droppedInside };
  }

  #take(head: unknown, body: unknown): ContentBlock | undefined {
    const { blocks, blockBytes, resultChars } = this.#limits;
    if (typeof head !== "string" || typeof body !== "string") return undefined;
    if (head.length > MAX_HEAD_CHARS || this.#blocks >= blocks || head.length + body.length > blockBytes - this.#bytes) return undefined;
    const block = blockOf(head, body);
    if (block === undefined) return undefined;
    const bytes = byteLength(head) + byteLength(body);
    const chars = block.type === "text" || (block.type === "resource" && "text" in block.resource) ? body.length : 0;
    // The harness keeps texts that are returned and texts that are emitted within `resultChars` each.
    if (this.#bytes + bytes > blockBytes || this.#chars + chars > resultChars * 2) return undefined;
    this.#blocks += 1;
    this.#bytes += bytes;
    this.#chars += chars;
    return block;
  }
}

/** The block, or undefined if a client would not accept it. */
function blockOf(head: string, body: string): ContentBlock | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(head, (_key, value: unknown) => (typeof value === "string" ? value.toWellFormed() : value));
  } catch {
    return undefined;
  }
  const { success, data } = headSchema.safeParse(parsed);
  if (!success) return undefined;
  // Undefined members are none in JSON.
  switch (data.type) {
    case "text":
      return { ...data, text: body.toWellFormed() };
    case "image":
    case "audio":
      return isBase64(body) ? { ...data, data: body } : undefined;
    case "resource_link":
      return data;
    case "resource":
      if ("text" in data.resource) return { ...data, resource: { ...data.resource, text: body.toWellFormed() } };
      return isBase64(body) ? { ...data, resource: { ...data.resource, blob: body } } : undefined;
  }
}

/** As both SDKs judge it. */
function isBase64(text: string): boolean {
  try {
    atob(text);
    return true;
  } catch {
    return false;
  }
}
