// Greets on stdout before and between its messages, as several published servers do, and keeps line breaks of every kind.
console.log("Server ready on \u001b[31mstdio\u001b[0m");
console.log("[1, 2]");
console.log("{ not json");
process.stdout.write('{"text":"a\u2028b","half":');
process.stdin.once("data", () => {
  process.stdout.write('true}\r\n\n{"last":');
  process.stdout.write("1}");
  console.error("done with \u0007 it");
  process.exit(0);
});
