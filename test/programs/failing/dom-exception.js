return structuredClone({ run() {} });
/* @expect throws
DataCloneError: run() {} could not be cloned.
    at program.js:1:8
1 | return structuredClone({ run() {} });
           ^
*/
