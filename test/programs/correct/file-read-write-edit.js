const path = "/data/notes.txt";
const { content } = await filesystem.read_text_file({ path });
const done = content.replace("TODO: send invoice", "DONE: send invoice");
await filesystem.edit_file({ path, edits: [{ oldText: content, newText: done }], dryRun: true });
return done.includes("DONE");
/* @expect returns
true
*/
