/** Short forms that upstreams and models use for one another. */
const ABBREVIATIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ["pr", ["pull", "request"]],
  ["mr", ["merge", "request"]],
  ["repo", ["repository"]],
  ["msg", ["message"]],
  ["db", ["database"]],
  ["env", ["environment"]],
  ["org", ["organization"]],
  ["dir", ["directory"]],
]);

/** The words of a name or a sentence, in lower case, split at case, `_`, `-` and other marks; a plural `s` is dropped. */
export function wordsOf(text: string): string[] {
  // `HTTPServer` is two words, `URLs` is one.
  const split = text.replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1 $2").replace(/(\p{Lu})(?!\p{Lu}s(?!\p{L}))(\p{Lu}\p{Ll})/gu, "$1 $2");
  return (split.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map(singular);
}

/** `wordsOf` with the long form of every abbreviation beside it. */
export function termsOf(text: string): string[] {
  return wordsOf(text).flatMap((word) => [word, ...(ABBREVIATIONS.get(word) ?? [])]);
}

/** What `word` can be matched by: itself, and for an abbreviation all words of its long form together. */
export function formsOf(word: string): readonly (readonly string[])[] {
  const long = ABBREVIATIONS.get(word);
  return long === undefined ? [[word]] : [[word], long];
}

function singular(word: string): string {
  return word.length > 2 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}
