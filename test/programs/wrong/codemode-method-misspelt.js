const found = await codemode.serach("create issue");
return found;
/* @expect refused 1:30 /search/ */
