const { content } = await filesystem.read_text_file({ path: "/data/app.log" });
const durations = [...content.matchAll(/(\d+)ms/g)].map((m) => Number(m[1]));
return { max: Math.max(...durations), avg: durations.reduce((a, b) => a + b, 0) / durations.length };
/* @expect returns
{"max":5000,"avg":3066.6666666666665}
*/
