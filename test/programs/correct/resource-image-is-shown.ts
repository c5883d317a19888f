interface File { uri: string; name: string; size?: number }
const files: File[] = await codemode.resources.list();
const logo = files.find((file) => file.name.endsWith(".png"));
if (!logo) return "no logo";
const { contents } = await codemode.resources.read(logo.uri);
return { name: logo.name, size: logo.size, image: contents[0] };
/* @expect returns
{"name":"logo.png","size":70,"image":"[resource 1: codemode://github/repo://acme/web/logo.png, 72 bytes]"}

resource
*/
