try {
  await github.create_branch({ owner: "acme", repo: "web", branch: "main" });
} catch (err) {
  console.error("Could not create the branch", err.code);
  throw err;
}
/* @expect throws
ToolError: github.create_branch: 422 Reference already exists
    at program.js:2:3
2 |   await github.create_branch({ owner: "acme", repo: "web", branch: "main" });
      ^

Console:
[error] Could not create the branch tool_failed

Calls that had been made (1):
github.create_branch failed (N ms)
*/
