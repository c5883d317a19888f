return await codemode.call("github.get_me", {});
/* @expect refused 1:23 /call|raw/ */
