const config = Object.freeze(JSON.parse('{"retries": 1}'));
config.retries = 5;
return config.retries;
/* @expect throws
TypeError: Cannot assign to read only property 'retries' of object '#<Object>'
    at program.js:2:16
2 | config.retries = 5;
                   ^
*/
