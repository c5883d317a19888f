const listing = await filesystem.list_directory_with_sizes({ path: "/data", sortBy: "date" });
return listing.content;
/* @expect refused 1:77 /name|size/ */
