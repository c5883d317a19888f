const readConfig = async (path) => {
  const { content } = await filesystem.read_text_file({ path });
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new Error(`${path} is not valid JSON`, { cause });
  }
};

return await readConfig("/data/broken.json");
/* @expect throws
Error: /data/broken.json is not valid JSON
  caused by SyntaxError: Expected double-quoted property name in JSON at position 16 (line 1 column 17) (program.js:4:17)
    at program.js:6:11
    at program.js:10:8
6 |     throw new Error(`${path} is not valid JSON`, { cause });
              ^

Calls that had been made (1):
filesystem.read_text_file ok (N ms)
*/
