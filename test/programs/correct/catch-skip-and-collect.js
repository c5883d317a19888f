const failures = [];
const merged = [];
for (const pull_number of [101, 103, 104]) {
  try {
    const result = await github.merge_pull_request({ owner: "acme", repo: "web", pull_number, merge_method: "squash" });
    if (result.merged) merged.push(pull_number);
  } catch (err) {
    failures.push({ pull_number, reason: err.message });
  }
}
return { merged, failures };
/* @expect returns
{"merged":[101,104],"failures":[{"pull_number":103,"reason":"github.merge_pull_request: 409 Merge conflict: the pull request is not mergeable"}]}
*/
