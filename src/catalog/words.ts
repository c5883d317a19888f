import { stemmer } from "stemmer";

/** A longer run of letters is a hash or encoded data. */
const MAX_WORD_CHARS = 40;

/** Words that say nothing about what is looked for. */
const FILLERS: ReadonlySet<string> = new Set(
  (
    "a an the of to in on at for from by with and or is are was were be been it its this that these those i you he she we they me my your " +
    "our their his her do does did can could should would will want need please have has had as into about if so than then there here some " +
    "any just let us im"
  ).split(" "),
);

export interface Words {
  /** In lower case and in order, split at case, `_`, `-` and other marks. */
  readonly words: readonly string[];
  /** What is written as one word although its case says that it is several, in lower case: `github` for `GitHub`. */
  readonly compounds: readonly string[];
}

/** The words of a name or a sentence. */
export function readWords(text: string): Words {
  const words: string[] = [];
  const compounds: string[] = [];
  for (const [match] of text.normalize("NFKC").matchAll(/[\p{L}\p{M}\p{N}'’]+/gu)) {
    const token = match.replace(/['’]/g, "");
    if (token === "" || token.length > MAX_WORD_CHARS) continue;
    const parts = splitAtCase(token);
    words.push(...parts);
    if (parts.length > 1) compounds.push(token.toLowerCase());
  }
  return { words, compounds };
}

/** What a word has in common with its other forms: `deployments`, `deployed` and `deploy` are one. English; other words stay as they are. */
export function stemOf(word: string): string {
  return /^[a-z]{3,40}$/.test(word) ? stemmer(word) : word;
}

export function isFiller(word: string): boolean {
  return FILLERS.has(word);
}

function splitAtCase(token: string): string[] {
  const lower = token.toLowerCase();
  if (lower === token) return [lower];
  // `HTTPServer` is two words, `URLs` is one.
  const spaced = token.replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1 $2").replace(/(\p{Lu})(?!\p{Lu}s(?!\p{L}))(\p{Lu}\p{Ll})/gu, "$1 $2");
  return spaced.toLowerCase().split(" ");
}
