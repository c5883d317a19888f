const { content } = await filesystem.read_text_file({ path: "/data/app.log", head: 2 });
return content.split("\n").length;
/* @expect returns
2
*/
