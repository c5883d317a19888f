import text from "../../dist/checker.txt";

/** The Checker's code as one ES module: it is compiled in the Checker's own isolate, never in ours. */
export const CHECKER_BUNDLE = text;

/** Names the bundle's content: the build writes it as the first line. */
export const CHECKER_HASH = text.slice(0, text.indexOf("\n")).replace("// ", "");
