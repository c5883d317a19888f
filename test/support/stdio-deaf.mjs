// Neither the end of stdin nor SIGTERM ends it.
process.on("SIGTERM", () => console.log('{"signal":"SIGTERM"}'));
setInterval(() => {}, 1_000_000);
console.log('{"ready":true}');
