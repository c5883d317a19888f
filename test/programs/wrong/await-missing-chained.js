const title = tracker.get_ticket({ id: "T-1" }).title;
return title;
/* @expect refused 1:49 /await/ */
