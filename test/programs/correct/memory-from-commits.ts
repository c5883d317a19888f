const commits = await github.list_commits({ owner: "acme", repo: "web", perPage: 4 });
const entities = commits.map((c: any) => ({
  name: c.sha as string,
  entityType: "commit",
  observations: [c.commit.message.split("\n")[0] as string],
}));
const result = await memory.create_entities({ entities });
return result.entities.map((e) => e.observations[0]);
/* @expect returns
["fix: change 1","feat: change 2","docs: change 3","chore: change 4"]
*/
