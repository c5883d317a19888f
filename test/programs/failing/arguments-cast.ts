const options = { owner: "acme", repo: "web", issue_number: "7" } as any;
const issue = await github.get_issue(options);
return issue.title;
/* @expect throws
ToolError: github.get_issue: the arguments do not fit, so nothing was sent:
- issue_number must be a whole number, got the string "7"; write it without quotes
declare const github: {
// Get one issue
get_issue(input: {
 owner: string // Repository owner
 repo: string // Repository name
 issue_number: number
}): Promise<any>;
};
    at program.js:2:15
2 | const issue = await github.get_issue(options);
                  ^
*/
