async function read(path) {
  const file = await filesystem.read_text_file({ path });
  return file.content;
}

const texts = [];
for (const path of ["/data/notes.txt", "/data/notes.md"]) {
  texts.push(await read(path));
}
return texts;
/* @expect throws
ToolError: filesystem.read_text_file: ENOENT: no such file or directory, open '/data/notes.md'
    at program.js:2:16
    at program.js:8:14
2 |   const file = await filesystem.read_text_file({ path });
                   ^

Calls that had been made (2):
filesystem.read_text_file ok (N ms)
filesystem.read_text_file failed (N ms)
*/
