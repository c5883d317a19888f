const file = await filesystem.read_text_file({ path: "/data/missing.txt" }).catch(() => null);
return file ? file.content : "no such file";
/* @expect returns
no such file
*/
