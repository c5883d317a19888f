const paths = ["/data/notes.txt", "/data/config.json"];
const files = await Promise.all(paths.map((path) => filesystem.read_textfile({ path })));
return files.length;
/* @expect refused 2:64 /read_text_file/ */
