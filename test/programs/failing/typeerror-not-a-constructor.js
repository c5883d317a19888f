const plugins = JSON.parse('{"Parser": "csv"}');
const parser = new plugins.Parser();
return parser.parse("a,b");
/* @expect throws
TypeError: plugins.Parser is not a constructor
    at program.js:2:16
2 | const parser = new plugins.Parser();
                   ^
*/
