const done = filesystem.get_file_info({ path: "/data/notes.txt" });
if (done.content.includes("size: 0")) return "empty";
return "not empty";
/* @expect refused 2:10 /await|Promise|always/ */
