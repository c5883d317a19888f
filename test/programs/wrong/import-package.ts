import { Octokit } from "@octokit/rest";
const octokit = new Octokit();
const { data } = await octokit.issues.listForRepo({ owner: "acme", repo: "web" });
return data.length;
/* @expect refused 1:1 /import|github|package|module/ */
