const { content } = await filesystem.read_text_file({ path: "/data/config.json" });
const config = JSON.parse(content);
const issue = await github.create_issue({ owner: "acme", repo: "web", title: config.features.limits });
return issue.number;
/* @expect throws
ToolError: github.create_issue: the arguments do not fit, so nothing was sent:
- title must be a string, got an array of 3
declare const github: {
// Create a new issue in a repository
create_issue(input: {
 owner: string // Repository owner
 repo: string // Repository name
 title: string
 body?: string
 labels?: string[]
 assignees?: string[]
}): Promise<any>;
};
    at program.js:3:15
3 | const issue = await github.create_issue({ owner: "acme", repo: "web", title: config.features.limits });
                  ^

Calls that had been made (1):
filesystem.read_text_file ok (N ms)
*/
