const result = await mcp.github.list_issues({ owner: "acme", repo: "web" });
return result;
/* @expect refused 1:22 /mcp/ */
