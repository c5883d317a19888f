/** The worker that hosts the tests: they use its bindings, nothing of its own. */
export default { fetch: () => new Response(null, { status: 404 }) } satisfies ExportedHandler;
