const node = { name: "root", children: [] };
node.children.push({ parent: node });
await filesystem.write_file({ path: "/data/tree.json", content: JSON.stringify(node) });
return "saved";
/* @expect throws
TypeError: Converting circular structure to JSON
    --> starting at object with constructor 'Object'
    |     property 'children' -> object with constructor 'Array'
    |     index 0 -> object with constructor 'Object'
    --- property 'parent' closes the circle
    at program.js:3:70
3 | await filesystem.write_file({ path: "/data/tree.json", content: JSON.stringify(node) });
                                                                         ^
*/
