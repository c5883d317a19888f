const merged = await github.merge_pull_request({ owner: "acme", repo: "web", pull_number: 101, merge_method: "fast-forward" });
return merged;
/* @expect refused 1:96 /merge|squash|rebase/ */
