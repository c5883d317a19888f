const total = 10n ** 20n;
return JSON.stringify({ total });
/* @expect throws
TypeError: Do not know how to serialize a BigInt
    at program.js:2:13
2 | return JSON.stringify({ total });
                ^
*/
