async function main() {
  const pull = await github.get_pull_request({ owner: "acme", repo: "web", number: 101 });
  if (pull.mergeable) {
    await github.merge_pull_request({ owner: "acme", repo: "web", pull_number: 101 });
  }
  return pull.title;
}
main();
/* @expect refused 2:76 /pull_number/ */
