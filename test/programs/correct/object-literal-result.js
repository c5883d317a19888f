{ greeting: "hi", sum: 1 + 2 }
/* @expect returns
{"greeting":"hi","sum":3}
*/
