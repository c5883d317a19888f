class Secret {
  #value = 1;
  static read(other) {
    return other.#value;
  }
}
return Secret.read(JSON.parse("{}"));
/* @expect throws
TypeError: Cannot read private member #value from an object whose class did not declare it
    at program.js:4:18
    at program.js:7:15
4 |     return other.#value;
                     ^
*/
