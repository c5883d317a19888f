import type { ApiText, ApiTextKind } from "../core/api-text.ts";
import { CodemodeError } from "../core/errors.ts";
import { printable } from "./lines.ts";
import { startRuntime } from "./runtime.ts";
import { newSecret, SECRET_HEADER } from "./secret.ts";
import type { Setup } from "./setup.ts";

export interface TypesOptions {
  readonly kind: ApiTextKind;
  /** The profile that is shown, if not the whole. */
  readonly profile: string | undefined;
  /** Fulfilled when the command is to end early. */
  readonly stop: Promise<void>;
  readonly write: (text: string) => Promise<void>;
  readonly warn: (line: string) => void;
}

/**
 * Starts the upstreams, writes what a model sees of them, and ends. What is missing is warned of and, when all that there is has been written, thrown
 * as "upstream". Throws `CodemodeError` if the proxy cannot start.
 */
export async function printTypes(setup: Setup, { kind, profile, stop, write, warn }: TypesOptions): Promise<void> {
  const secret = newSecret();
  const runtime = await startRuntime(setup, { name: "front", secret });
  try {
    const died = runtime.ended.then((how) => {
      throw new CodemodeError("fault", `workerd ended unexpectedly (${how}).`, { remedy: "Try again." });
    });
    const api = await Promise.race([
      stop,
      readText(`http://127.0.0.1:${runtime.port}/types/${kind}${profile === undefined ? "" : `?profile=${profile}`}`, secret),
      died,
    ]);
    if (api === undefined) return;
    await write(api.text);
    for (const { upstream, name, why } of api.skipped)
      warn(`${printable(upstream, 60)}: ${printable(name, 60)} is left out: ${printable(why, 200)}`);
    for (const { upstream, why } of api.missing) warn(`${printable(upstream, 60)}: ${printable(why, 200)}`);
    if (api.missing.length > 0) {
      const [count, reasons] =
        api.missing.length === 1 ? ["1 upstream is", "Its reason is"] : [`${api.missing.length} upstreams are`, "Their reasons are"];
      throw new CodemodeError("upstream", `${count} missing in what was printed.`, { remedy: `${reasons} above.` });
    }
  } finally {
    await runtime.end();
  }
}

async function readText(url: string, secret: string): Promise<ApiText> {
  const response = await fetch(url, { headers: { [SECRET_HEADER]: secret } });
  if (!response.ok)
    throw new CodemodeError("fault", `The Worker answered HTTP ${response.status}.`, { remedy: "Its own message is above." });
  return response.json<ApiText>();
}
