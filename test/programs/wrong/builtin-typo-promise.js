const results = await Promise.allSetled([github.get_me(), tracker.list_users()]);
return results.length;
/* @expect refused 1:31 /all|allSettled/ */
