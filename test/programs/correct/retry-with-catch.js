async function withRetry(fn, attempts = 3) {
  let lastError;
  for (let i = 0; i < attempts; i++) {
    try {
      return await fn();
    } catch (err) {
      lastError = err;
      await new Promise((r) => setTimeout(r, 1));
    }
  }
  throw lastError;
}

const file = await withRetry(() => github.get_file_contents({ owner: "acme", repo: "web", path: "flaky.json" }));
return JSON.parse(atob(file.content)).version;
/* @expect returns
2.0.0
*/
