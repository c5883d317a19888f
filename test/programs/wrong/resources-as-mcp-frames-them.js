const { resources } = await codemode.resources.list();
return resources.map((r) => r.uri);
/* @expect refused 1:9 /Property 'resources' does not exist on type 'Resource\[\]'/ */
