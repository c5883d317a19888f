const { comments, tags, ...rest } = await tracker.get_ticket({ id: "T-2" });
return { keys: Object.keys(rest).length, comments: comments.length, tags };
/* @expect returns
{"keys":7,"comments":2,"tags":["q4","backend"]}
*/
