for issue in await github.list_issues({ owner: "acme", repo: "web" }):
    print(issue.title)
/* @expect refused 1:5 /./ */
