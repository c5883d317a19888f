async function main() {
  const { content } = await filesystem.read_text_file({ path: "/data/notes.txt" });
  return content.split("\n").filter((line) => line.startsWith("TODO:")).map((line) => line.slice(5).trim());
}
return main();
/* @expect returns
["write report","send invoice"]
*/
