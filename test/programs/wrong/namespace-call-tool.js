const result = await callTool("github", "list_issues", { owner: "acme", repo: "web" });
return result;
/* @expect refused 1:22 /callTool|call_tool/ */
