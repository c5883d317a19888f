const paths = ["/data/notes.txt", "/data/nope.txt"];
const results = await Promise.all(
  paths.map((path) => filesystem.read_text_file({ path }).catch((error) => ({ error: error.message })))
);
return results.map((r) => (r.error ? "missing" : r.content.length));
/* @expect returns
[57,"missing"]
*/
