const { content } = await filesystem.read_text_file({ path: "/data/broken.json" });
const config = JSON.parse(content);
return config.name;
/* @expect throws
SyntaxError: Expected double-quoted property name in JSON at position 16 (line 1 column 17)
    at program.js:2:21
2 | const config = JSON.parse(content);
                        ^
filesystem.read_text_file gave { content: string }

Calls that had been made (1):
filesystem.read_text_file ok (N ms)
*/
