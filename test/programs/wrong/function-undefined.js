await github.get_me();
await sleep(1000);
return "ok";
/* @expect refused 2:7 /sleep|setTimeout|find name/ */
