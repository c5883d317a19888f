const { commentId } = await tracker.add_comment({ id: "T-1", text: "hi" });
return commentId.toUpperCase();
/* @expect refused 2:18 /toUpperCase/ */
