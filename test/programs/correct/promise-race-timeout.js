const timeout = new Promise((resolve) => setTimeout(() => resolve("timeout"), 10_000));
const result = await Promise.race([github.get_me(), timeout]);
return result === "timeout" ? "too slow" : result.login;
/* @expect returns
ada
*/
