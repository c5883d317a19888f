const comment: { id: string } = { id: "T-1" };
const result = await tracker.add_comment(comment);
return result.commentId;
/* @expect refused 2:42 /text/ */
