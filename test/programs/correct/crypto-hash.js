const { content } = await filesystem.read_text_file({ path: "/data/notes.txt" });
const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(content));
return [...new Uint8Array(digest)].map((b) => b.toString(16).padStart(2, "0")).join("").slice(0, 16);
/* @expect returns
8de656a1c89c104a
*/
