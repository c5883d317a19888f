const file = await github.get_file_contents({ owner: "acme", repo: "web", path: "README.md" });
return Buffer.from(file.content, "base64").toString("utf-8");
/* @expect refused 2:8 /Buffer|atob|Uint8Array/ */
