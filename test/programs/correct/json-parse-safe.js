function tryParse(text) {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, error: error.message };
  }
}
const files = ["/data/config.json", "/data/broken.json"];
const parsed = await Promise.all(files.map(async (path) => tryParse((await filesystem.read_text_file({ path })).content)));
return parsed.map((p) => p.ok);
/* @expect returns
[true,false]
*/
