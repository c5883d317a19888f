const moved = await filesystem.move_file({
  source: "/data/notes.txt",
  target: "/data/archive/notes.txt",
});
return moved.content;
/* @expect refused 3:3 /destination/ */
