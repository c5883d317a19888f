import { DurableObject } from "cloudflare:workers";

/** A database for the tests of what is stored. */
export class Storage extends DurableObject {}

/** The worker that hosts the tests in workerd: they use its bindings, nothing of its own. */
export default { fetch: () => new Response(null, { status: 404 }) } satisfies ExportedHandler;
