/** W3C trace context as MCP carries it, in `_meta`. */
export interface TraceMeta {
  readonly traceparent: string;
  readonly tracestate?: string;
}

/** One thing that has taken time. Names and outcomes: no argument, no result. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: "server" | "client";
  /** In ms since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly failed: boolean;
  readonly attributes: Readonly<Record<string, string>>;
}

interface OpenSpan {
  /** What the next hop is told, if anything. */
  readonly meta: TraceMeta | undefined;
  readonly end: (failed: boolean, attributes?: Readonly<Record<string, string>>) => void;
}

const PARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/** As much of it as everybody has to pass on (Trace Context, 3.3.1.5). */
const MAX_STATE_CHARS = 512;

/** As many calls of one execution as anybody looks at; a batch of spans is one request. */
const MAX_CALLS = 1_000;

/** The trace context in a caller's `_meta`, if it is one. */
export function traceMetaOf(meta: Readonly<Record<string, unknown>> | undefined): TraceMeta | undefined {
  const { traceparent, tracestate } = meta ?? {};
  if (typeof traceparent !== "string" || !PARENT.test(traceparent)) return undefined;
  const isState = typeof tracestate === "string" && tracestate.length <= MAX_STATE_CHARS && /^[\x20-\x7e]+$/.test(tracestate);
  return { traceparent, ...(isState && { tracestate }) };
}

/** The spans of one execution: a part of the caller's trace, or a trace of its own. Where nothing is recorded, the caller's context goes on as it is. */
export class Trace {
  readonly #caller: TraceMeta | undefined;
  readonly #recording: boolean;
  readonly #traceId: string;
  readonly #parentSpanId: string | undefined;
  readonly #spanId = randomHex(8);
  readonly #startedAt = Date.now();
  readonly #spans: Span[] = [];
  #leftOut = 0;

  /** @param record whether somebody wants the spans. A caller who samples has the last word. */
  constructor(caller: TraceMeta | undefined, record: boolean) {
    const [, traceId, parentSpanId, flags = "01"] = PARENT.exec(caller?.traceparent ?? "") ?? [];
    this.#caller = caller;
    this.#recording = record && (Number.parseInt(flags, 16) & 1) === 1;
    this.#traceId = traceId ?? randomHex(16);
    this.#parentSpanId = parentSpanId;
  }

  /** A call that begins. */
  begin(name: string): OpenSpan {
    if (!this.#recording) return { meta: this.#caller, end: () => undefined };
    const spanId = randomHex(8);
    const startedAt = Date.now();
    const { tracestate } = this.#caller ?? {};
    return {
      meta: { traceparent: `00-${this.#traceId}-${spanId}-01`, ...(tracestate !== undefined && { tracestate }) },
      end: (failed, attributes = {}) => {
        if (this.#spans.length >= MAX_CALLS) this.#leftOut += 1;
        else
          this.#spans.push({
            traceId: this.#traceId,
            spanId,
            parentSpanId: this.#spanId,
            name,
            kind: "client",
            startedAt,
            endedAt: Date.now(),
            failed,
            attributes,
          });
      },
    };
  }

  /** All spans, that of the execution first; none where nothing is recorded. */
  finish(name: string, failed: boolean, attributes: Readonly<Record<string, string>>): Span[] {
    if (!this.#recording) return [];
    const whole: Span = {
      traceId: this.#traceId,
      spanId: this.#spanId,
      ...(this.#parentSpanId !== undefined && { parentSpanId: this.#parentSpanId }),
      name,
      kind: "server",
      startedAt: this.#startedAt,
      endedAt: Date.now(),
      failed,
      attributes: { ...attributes, ...(this.#leftOut > 0 && { "codemode.calls_left_out": String(this.#leftOut) }) },
    };
    return [whole, ...this.#spans];
  }
}

function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
