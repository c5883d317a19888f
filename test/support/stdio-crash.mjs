// Complains, quoting its key, and dies.
console.error("first line");
console.error(`Refused: ${process.env.API_KEY} is not a valid key`);
process.exit(7);
