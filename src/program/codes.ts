/** TypeScript's diagnostics by what they are about. What is in none of these groups is never a reason to refuse a program. */

/** Never a matter of taste. */
export const CERTAIN: ReadonlySet<number> = new Set([
  // `await` outside of an async function.
  1103, 1308,
  // Used before its declaration, declared twice, assigned though constant.
  2448, 2449, 2450, 2451, 2588,
  // A constructor without `super()`, a class that is called, a type used as a value.
  2377, 17009, 2348, 2693,
]);

/** A name that means nothing. */
export const NAMES: ReadonlySet<number> = new Set([
  2304, 2503, 2552, 2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593, 2662, 2663, 2867, 2868, 18004,
]);

/** A property that does not exist. */
export const PROPERTIES: ReadonlySet<number> = new Set([2339, 2550, 2551, 2568, 2570, 2576]);

/** A value where another type of value is wanted. */
export const VALUES: ReadonlySet<number> = new Set([2322, 2345, 2353, 2559, 2560, 2561, 2739, 2740, 2741, 2769, 2820]);

/** Something called that is no function. */
export const CALLS: ReadonlySet<number> = new Set([2349, 2350, 2351]);

/** Too many or too few arguments. */
export const COUNTS: ReadonlySet<number> = new Set([2554, 2555]);

/** Something looped over, spread or taken apart that is no list. */
export const ITERATION: ReadonlySet<number> = new Set([2461, 2488, 2489, 2495, 2504, 2548, 2549, 2763, 2764, 2765, 2766, 2767, 2768]);

/** Calculation with what is no number. */
export const ARITHMETIC: ReadonlySet<number> = new Set([2356, 2362, 2363, 2365, 2447]);

/** A comparison that has one outcome only. */
export const COMPARISONS: ReadonlySet<number> = new Set([2367, 2678]);
