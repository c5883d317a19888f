const prompts = await codemode.prompts.list();
const review = prompts.find((p) => p.name.endsWith("review"));
const needed = review.arguments.filter((a) => a.required).map((a) => a.name);
const { messages } = await codemode.prompts.get(review.name, { number: "7", focus: "tests" });
const text = messages
  .map(({ content }) => (content.type === "resource" ? content.resource.text : content.text))
  .join("\n\n");
return { needed, text: text.slice(0, 60) };
/* @expect returns
{"needed":["number"],"text":"Review pull request 7. Look at tests.\n\n# Contributing\n\nOpen "}
*/
