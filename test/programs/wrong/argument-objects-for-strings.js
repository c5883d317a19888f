const created = await github.create_issue({ owner: "acme", repo: "web", title: "Crash", labels: [{ name: "bug" }] });
return created.number;
/* @expect refused 1:98 /string/ */
