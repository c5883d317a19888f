const names = ["SECURITY.md", "GOVERNANCE.md"];
const found = {};
for (const name of names) {
  try {
    found[name] = (await codemode.resources.read(`codemode://github/repo://acme/web/${name}`)).contents[0].text.length;
  } catch (error) {
    if (error.code !== "tool_failed") throw error;
    found[name] = null;
  }
}
return found;
/* @expect returns
{"SECURITY.md":42,"GOVERNANCE.md":null}
*/
