const { messages } = await codemode.prompts.get("github.review", { number: 7 });
return messages[0].content.text;
/* @expect refused 1:68 /Type 'number' is not assignable to type 'string'/ */
