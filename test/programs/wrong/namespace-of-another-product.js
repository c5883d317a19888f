const projects = await gitlab.list_projects({ search: "web" });
return projects;
/* @expect refused 1:24 /gitlab/ */
