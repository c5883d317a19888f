const issue = await github.get_issue({ owner: "acme", repo: "web", issue_number: 1 });
return atob(issue.title);
/* @expect throws
InvalidCharacterError: atob() called with invalid base64-encoded data. (Only whitespace, '+', '/', alphanumeric ASCII, and up to two terminal '=' signs when the input data length is divisible by 4 are allowed.)
    at program.js:2:8
2 | return atob(issue.title);
           ^

Calls that had been made (1):
github.get_issue ok (N ms)
*/
