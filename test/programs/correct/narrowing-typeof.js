const { content } = await filesystem.read_text_file({ path: "/data/config.json" });
const flat = {};
const visit = (value, path) => {
  if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) visit(inner, path ? `${path}.${key}` : key);
  } else {
    flat[path] = value;
  }
};
visit(JSON.parse(content), "");
return flat;
/* @expect returns
{"name":"demo","version":"1.4.2","features.beta":true,"features.limits.0":1,"features.limits.1":5,"features.limits.2":10}
*/
