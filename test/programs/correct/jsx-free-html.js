const { users } = await tracker.list_users();
const html = `<ul>${users.map((u) => `<li class="${u.active ? "on" : "off"}">${u.name}</li>`).join("")}</ul>`;
return html;
/* @expect returns
<ul><li class="on">Ada</li><li class="on">Grace</li><li class="off">Linus</li><li class="on">Guest</li></ul>
*/
