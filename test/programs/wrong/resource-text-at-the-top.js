const doc = await codemode.resources.read("codemode://github/repo://acme/web/SECURITY.md");
return doc.text.split("\n")[0];
/* @expect refused 2:12 /Property 'text' does not exist on type '\{ contents: Contents\[\]; _meta\?: any; \}'/ */
