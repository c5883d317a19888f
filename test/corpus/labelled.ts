/** What a file of `test/programs` says about the program that stands in it. */
export interface Labelled {
  /** The program as a model sent it: the file without its label. */
  readonly program: string;
  readonly label: Label;
}

type Label =
  /** It runs. `text` is all that the caller then reads, with `N` for durations. */
  | { readonly kind: "returns"; readonly text: string }
  /** It fails at run time, likewise. A line `…` stands for any lines: where a stack is full is not the same each time. */
  | { readonly kind: "throws"; readonly text: string }
  /** It is refused before anything is called, with a problem at `place` (`line:column`) that `message` fits. */
  | { readonly kind: "refused"; readonly place: string; readonly message: RegExp }
  /** It should be refused and is not: what is wrong with it is not seen before it runs, and `text` is what the caller reads instead. */
  | { readonly kind: "missed"; readonly text: string };

// The label stands at the end, so that every place in the file is the place in the program.
const FOOTER = /(?:\/\*|<!--) @expect (\w+)(?: (\d+:\d+) \/(.*)\/| *)\r?\n?([^]*?)\r?\n?(?:\*\/|-->)\r?\n$/;

export function readLabelled(file: string, text: string): Labelled {
  const found = FOOTER.exec(text);
  if (found === null) throw new Error(`${file} says nothing about what to expect`);
  const [, kind, place = "", message = "", expected = ""] = found;
  return { program: text.slice(0, found.index), label: labelOf(file, kind, place, message, expected) };
}

function labelOf(file: string, kind: string | undefined, place: string, message: string, text: string): Label {
  switch (kind) {
    case "returns":
    case "throws":
    case "missed":
      return { kind, text };
    case "refused":
      if (place === "") throw new Error(`${file} does not say where it is refused`);
      return { kind, place, message: new RegExp(message) };
    default:
      throw new Error(`${file} expects ${kind}, which is nothing that can be expected`);
  }
}
