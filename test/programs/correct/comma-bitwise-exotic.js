const { content } = await filesystem.read_text_file({ path: "/data/notes.txt" });
let hash = 0;
for (let i = 0, n = content.length; i < n; i++) hash = (hash * 31 + content.charCodeAt(i)) | 0;
return hash >>> 0;
/* @expect returns
2815533969
*/
