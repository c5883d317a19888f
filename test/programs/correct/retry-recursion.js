const fetchFile = async (path, retries = 3) => {
  try {
    return await github.get_file_contents({ owner: "acme", repo: "web", path });
  } catch (e) {
    if (retries === 0) throw e;
    console.log(`Retrying (${retries} left): ${e.message}`);
    return fetchFile(path, retries - 1);
  }
};
const file = await fetchFile("flaky.json");
return file.path;
/* @expect returns
flaky.json

Console:
Retrying (3 left): github.get_file_contents: 502 Bad Gateway
Retrying (2 left): github.get_file_contents: 502 Bad Gateway
*/
