const { content } = await filesystem.list_directory({ path: __dirname });
return content;
/* @expect refused 1:61 /__dirname|file/ */
