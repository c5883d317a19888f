try {
  await github.get_issue({ owner: "acme", repo: "web", issue_number: 404 });
  return "found";
} catch (e) {
  return { error: e.message, code: e.code, tool: e.tool };
}
/* @expect returns
{"error":"github.get_issue: 404 Not Found: there is no #404 in acme/web","code":"tool_failed","tool":"get_issue"}
*/
