type Step<In, Out> = (input: In) => Out | Promise<Out>;

function pipeline<A, B, C>(first: Step<A, B>, second: Step<B, C>): (input: A) => Promise<C> {
  return async (input) => second(await first(input));
}

const wordsOf = pipeline(
  async (path: string) => (await filesystem.read_text_file({ path })).content,
  (text) => text.split(/\s+/).filter((word) => word.length > 0).length,
);
return await wordsOf("/data/notes.txt");
/* @expect returns
10
*/
