class Counter {
  constructor() {
    this.count = 0;
  }
  increment() {
    this.count += 1;
  }
}
const counter = new Counter();
[1, 2, 3].forEach(counter.increment);
return counter.count;
/* @expect throws
TypeError: Cannot read properties of undefined (reading 'count')
    at program.js:6:5
    at program.js:10:11
6 |     this.count += 1;
        ^
*/
