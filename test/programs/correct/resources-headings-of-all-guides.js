const listed = await codemode.resources.list("github");
const guides = listed.filter((r) => r.mimeType === "text/markdown");
const headings = await Promise.all(
  guides.map(async ({ uri, name }) => {
    const { contents } = await codemode.resources.read(uri);
    return { name, headings: contents[0].text.split("\n").filter((line) => line.startsWith("#")) };
  }),
);
return headings;
/* @expect returns
[{"name":"CONTRIBUTING.md","headings":["# Contributing","## Tests"]},{"name":"SECURITY.md","headings":["# Security"]}]
*/
