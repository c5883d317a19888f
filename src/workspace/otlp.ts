import type { Telemetry } from "../config/telemetry.ts";
import { messageOf } from "../core/errors.ts";
import type { Span } from "../core/trace.ts";
import { IMPLEMENTATION } from "../core/version.ts";

/** A collector that does not answer holds nothing up, and is not waited for. */
const TIMEOUT_MS = 10_000;

/** Sends spans to a collector: OTLP over HTTP, as JSON. A collector that fails is told of once. */
export class OtlpExporter {
  readonly #telemetry: Telemetry;
  readonly #log: (line: string) => void;
  #told = false;

  constructor(telemetry: Telemetry, log: (line: string) => void) {
    this.#telemetry = telemetry;
    this.#log = log;
  }

  /** Never rejects. */
  async send(spans: readonly Span[]): Promise<void> {
    const { url, headers } = this.#telemetry;
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify(payload(spans)),
        // Headers may hold a key: they go to the collector and nowhere else.
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body?.cancel();
      if (!response.ok) this.#tell(`HTTP ${response.status}`);
    } catch (error) {
      this.#tell(messageOf(error));
    }
  }

  #tell(why: string): void {
    if (!this.#told) this.#log(`telemetry: spans cannot be sent to ${new URL(this.#telemetry.url).origin} (${why})`);
    this.#told = true;
  }
}

const KINDS = { server: 2, client: 3 } as const;
const STATUS = { ok: 1, error: 2 } as const;

/** `ExportTraceServiceRequest` as JSON: ids in hex, 64-bit numbers as texts. */
function payload(spans: readonly Span[]): object {
  const { name, version } = IMPLEMENTATION;
  return {
    resourceSpans: [
      {
        resource: { attributes: attributesOf({ "service.name": name, "service.version": version }) },
        scopeSpans: [{ scope: { name, version }, spans: spans.map(spanOf) }],
      },
    ],
  };
}

function spanOf({ startedAt, endedAt, kind, failed, attributes, ...span }: Span): object {
  return {
    ...span,
    kind: KINDS[kind],
    startTimeUnixNano: `${startedAt}000000`,
    endTimeUnixNano: `${endedAt}000000`,
    attributes: attributesOf(attributes),
    status: { code: failed ? STATUS.error : STATUS.ok },
  };
}

function attributesOf(attributes: Readonly<Record<string, string>>): object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: { stringValue: value.toWellFormed() } }));
}
