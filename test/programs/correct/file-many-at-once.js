const { content: listing } = await filesystem.search_files({ path: "/data", pattern: "*.json" });
const paths = listing.split("\n").filter(Boolean);
const { content } = await filesystem.read_multiple_files({ paths });
return content.split("\n---\n").length;
/* @expect returns
2
*/
