const result = await filesystem.edit_file({ path: "/data/notes.txt", edits: [], dryRun: "true" });
return result.content;
/* @expect refused 1:81 /boolean/ */
