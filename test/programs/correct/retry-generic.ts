async function retry<T>(action: () => Promise<T>, attempts: number): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      if (attempt >= attempts) throw error;
      console.warn(`attempt ${attempt} failed: ${(error as Error).message}`);
    }
  }
}

const file = await retry(() => github.get_file_contents({ owner: "acme", repo: "web", path: "flaky.json" }), 5);
return file.name;
/* @expect returns
flaky.json

Console:
[warn] attempt 1 failed: github.get_file_contents: 502 Bad Gateway
[warn] attempt 2 failed: github.get_file_contents: 502 Bad Gateway
*/
