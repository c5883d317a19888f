const file = await github.get_file_contents({ owner: "acme", repo: "web", path: "README.md" });
const bytes = Uint8Array.from(atob(file.content), (c) => c.charCodeAt(0));
return new TextDecoder().decode(bytes).split("\n")[0];
/* @expect returns
# Web
*/
