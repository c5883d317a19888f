import type { Attack } from "./attack.ts";
import { bridge } from "./attacks/bridge.ts";
import { floods } from "./attacks/floods.ts";
import { content } from "./attacks/content.ts";
import { crowd, upstreams } from "./attacks/hostile-upstreams.ts";
import { afterwards, internals } from "./attacks/internals.ts";
import { loops } from "./attacks/loops.ts";
import { memory } from "./attacks/memory.ts";
import { sources } from "./attacks/sources.ts";
import { accessors, prototypes, proxies, thenables } from "./attacks/values.ts";
import { code, imports, network, threads } from "./attacks/ways-out.ts";

/** Every attack, by topic. */
export const ATTACKS: Readonly<Record<string, readonly Attack[]>> = {
  "computing for ever": loops,
  memory,
  floods,
  thenables,
  "getters and errors": accessors,
  proxies,
  prototypes,
  "forged requests": bridge,
  internals,
  content,
  "after the end": afterwards,
  imports,
  network,
  "code from text": code,
  threads,
  "hostile upstreams": upstreams,
  "five thousand tools": crowd,
  "hostile sources": sources,
};
