const { users } = await tracker.list_users();
let md = "| Name | Role |\n| --- | --- |\n";
for (const user of users) {
  md += `| ${user.name} | ${user.role} |\n`;
}
return md;
/* @expect returns
| Name | Role |
| --- | --- |
| Ada | admin |
| Grace | member |
| Linus | member |
| Guest | guest |

*/
