/**
 * What developers call things. Data only. A row belongs here when it holds for any tool of any upstream; what one server or one product
 * calls its own things does not. Rows are separated by `;`, the forms of a row by `,`; a form may be several words.
 */

const rows = (text: string): readonly (readonly string[])[] =>
  text
    .trim()
    .split(";")
    .map((row) => row.split(",").map((form) => form.trim()));

/** The forms of a row are the same thing. */
export const ABBREVIATIONS = rows(`
  a11y, accessibility; acct, account; acl, access control; addr, address; amt, amount; api, application programming interface;
  app, application; arg, argument; attr, attribute; auth, authentication, authorization; avg, average; cal, calendar; cc, carbon copy;
  cert, certificate; cfg, config, conf, configuration; ci, continuous integration; cli, command line; cmd, command; col, column; cp, copy;
  cred, credential; crm, customer relationship; csv, comma separated; ctx, context; db, database; del, delete; dep, dependency;
  desc, description; dest, dst, destination; dev, development; dir, directory; dm, direct message; doc, document, documentation;
  dup, duplicate; env, environment; err, error; eta, arrival time; exec, execute; faq, frequently asked question; fn, func, function;
  geo, geographic; gh, github; gl, gitlab; gpu, graphics processing; grp, group; hr, human resources; iac, infrastructure as code;
  id, identifier; idx, index; img, image; info, information; ip, internet protocol; js, javascript; k8s, kubernetes, kube, kubectl;
  kb, knowledge base; kv, key value; lang, language; lat, latitude; lb, load balancer; lib, library; llm, language model;
  lng, lon, longitude; loc, location; ls, list; max, maximum; md, markdown; mfa, 2fa, two factor; min, minimum;
  mkdir, create directory, create folder; ml, machine learning; mr, merge request; msg, message; mv, move; notif, notification;
  ns, namespace; num, number; oncall, on call; org, organization, organisation; os, operating system; param, parameter;
  perf, performance; perm, permission; pic, picture; pkg, package; poi, point of interest; pos, position; pr, pull request;
  proc, process; prod, production; proj, project; prop, property; pwd, pw, password; py, python; qr, quick response; qty, quantity;
  rbac, role based access; ref, reference; regex, regexp, regular expression; repo, repository; req, request; resp, response;
  rm, remove; sched, schedule; sg, security group; spec, specification; src, source; sso, single sign on; stat, statistic; stg, staging;
  stt, speech to text; sub, subscription; svc, service; sync, synchronize; tbl, table; tel, phone, telephone; temp, temporary;
  tf, terraform; tmpl, template; todo, to do; ts, typescript; tts, text to speech; txn, tx, transaction; tz, timezone, time zone;
  ui, user interface; usr, user; var, variable; ver, version; vid, video; vm, virtual machine; vpc, private cloud; wf, workflow;
  xlsx, excel`);

/** Ways to ask for what is there. Here and below, the forms of a row are used for one another without being the same. */
export const READING = rows(`
  list, show, enumerate, browse, all, every, which;
  get, fetch, read, view, retrieve, show, see, display, inspect, load, open, describe, details, lookup, look at, what;
  search, find, query, lookup, look up, look for, seek, locate, discover, grep, where`);

/** Ways to change something: one row for each action. */
export const CHANGING = rows(`
  create, add, new, make, open, insert, generate, register, provision, compose, draft, set up, file a, start a;
  delete, remove, destroy, drop, erase, discard, purge, clear, trash, uninstall, unset, forget, wipe, cleanup, get rid of, throw away;
  update, edit, modify, change, set, patch, alter, adjust, replace, rewrite, configure, amend, correct;
  save, write, store, put, persist;
  send, post, publish, deliver, submit;
  run, execute, invoke, trigger, start, launch, perform, call, kick off, start up;
  stop, end, cancel, halt, terminate, abort, kill, close, quit, interrupt, disable, shutdown;
  start, begin, launch, open, enable, resume`);

const OTHER_ACTIONS = rows(`
  pause, wait, sleep, delay, suspend, until, hold; enable, activate, turn on, switch on, toggle;
  disable, deactivate, turn off, switch off, toggle; rename, move; copy, clone, duplicate, fork; merge, combine, join; pull, fetch;
  move, transfer, relocate; upload, attach, import, put; download, export, save, get, fetch; import, load, ingest; export, dump;
  rollback, undo, revert, restore; restore, recover, unarchive; archive, hide; review, approve; approve, accept, allow, confirm;
  reject, decline, deny, dismiss, refuse; assign, owner, assignee, delegate, responsible; share, invite, grant, allow, permit;
  lock, protect; unlock, unprotect; ban, block; mute, silence, snooze; acknowledge, ack; follow, subscribe, watch; repeat, echo;
  connect, link, associate, relate, join, bind; disconnect, unlink, detach; fix, repair, resolve, correct, autofix, solve;
  resolve, close, complete, finish, done, fixed; test, check, validate, verify; lint, style, check, format; compress, zip, gzip, archive;
  convert, transform, translate, format; extract, unzip, decompress; calculate, compute, sum; sum, add, total, plus; remember, store;
  analyze, analysis, explain, diagnose, investigate, why, root cause, debug; monitor, observe, track; retry, rerun, again;
  refresh, reload, restart; restart, reboot, reload; install, setup, set up, add; upgrade, update; ask, question, prompt;
  think, reason, thought; know, knowledge; diff, compare, difference, change; sort, order, rank; random, shuffle`);

const WORK_AND_PEOPLE = rows(`
  issue, ticket, bug, task, defect, incident, story; task, todo, card, ticket, item; subtask, child, sub issue; board, kanban;
  sprint, iteration, cycle; due, deadline; priority, urgent, importance; epic, milestone, initiative; status, state, condition, progress;
  message, chat, text, post, dm, sms; email, mail, inbox; draft, unsent; spam, junk; comment, note, remark, annotation, feedback;
  reply, answer, respond, response; channel, room, conversation, chat; thread, conversation, discussion; call, phone, dial, ring;
  mention, ping; notification, alert, notify; reaction, emoji, react, like; star, favorite, bookmark, like; pin, bookmark;
  label, tag, category; unread, new; topic, subject; post, tweet, status; feed, timeline; trending, popular, hot; follower, subscriber;
  user, person, people, member, account, who, everyone, employee, colleague, staff; profile, bio, about; team, group, squad;
  customer, client, buyer, shopper; contact, person, lead, people; lead, prospect; deal, opportunity;
  company, organization, business, firm, account; invite, invitation, attendee, participant, guest; author, blame, wrote, creator;
  login, sign in, log in, logged in, authenticate, identity;
  whoami, me, self, myself, who am i, current user, authenticated user; calendar, meeting, appointment, event; book, reserve, schedule;
  availability, free, busy, slot; schedule, cron, timer, hourly, daily, nightly, weekly, periodic; reminder, alarm;
  time, date, clock, now; latest, newest, recent, current, last`);

const MONEY = rows(`
  invoice, bill, receipt; payment, charge, transaction, purchase, pay, paid; payout, transfer, withdrawal;
  refund, reimburse, money back, return; price, cost, fee, rate; cost, billing, spend, expense; money, balance, funds, cash, amount;
  tax, vat; currency, exchange; stock, share, quote, ticker; stock, inventory; subscription, plan, membership, recurring;
  coupon, discount, promo, voucher; dispute, chargeback; product, item, goods, sku, sell, merchandise; order, purchase, sale;
  cart, basket, checkout; shipping, shipment, delivery, fulfillment, parcel, tracking; evidence, proof`);

const DOCUMENTS_AND_DATA = rows(`
  folder, directory; file, document; disk, filesystem, file; attachment, file; content, text, body; name, title;
  page, document, article, wiki, note; block, paragraph, section; size, big, large, dimension, length; tree, hierarchy, structure;
  image, picture, photo, icon, graphic, media; screenshot, picture, capture, snapshot, photo; thumbnail, preview;
  video, recording, screencast, record, film, clip; replay, recording, playback, watch; audio, sound, music, voice; song, track, music;
  playlist, album; transcript, caption, subtitle, transcribe; translate, translation, language; summarize, summary, digest;
  database, sql, table; table, collection; table, sheet, spreadsheet, base, worksheet, excel; row, record, entry, item;
  record, document, row; cell, range; column, field; field, property, attribute; schema, structure, fields, shape;
  object, entity, record, resource; relation, relationship, association, link, edge, connection; query, sql, select, statement;
  aggregate, group, summarize; count, number, total, how many, how much; filter, condition;
  statistics, analytics, metrics, stats, usage, traffic; metric, measure, gauge; dashboard, panel, chart, visualization;
  chart, graph, plot; dataset, data; memory, note, observation, fact, remember; bucket, storage, blob; cache, redis;
  backup, snapshot, dump; report, summary; research, report, investigate, study; similar, semantic, related;
  several, multiple, many, batch, bulk, couple; template, example, starter, ready made, boilerplate`);

const SOFTWARE_AND_OPERATIONS = rows(`
  repository, project; commit, push, change; checkout, switch; version, revision, release; script, javascript, code;
  evaluate, run, execute, eval; function, lambda, serverless; library, package, module, npm, sdk; build, compile;
  deploy, publish, release, ship, rollout, roll out, put online; pipeline, ci, build, workflow, action;
  workflow, automation, flow, pipeline; execution, run; job, task; webhook, hook, trigger; plugin, extension, integration, addon;
  environment, production, staging, stage; flag, toggle, switch; variation, variant; target, audience, segment; model, llm, ai;
  prompt, completion; embedding, vector; train, fine tune; settings, config, preferences, options, configuration;
  documentation, guide, manual, help, tutorial, readme, how to, how do i, docs;
  error, exception, failure, crash, bug, problem, issue, broken, broke, fail, fault; mistake, error, wrong; alert, alarm, incident;
  outage, downtime, incident; health, ping, alive, up, status; log, output, stdout, print;
  history, audit, past, previous, activity, log, changes; trace, span; performance, speed, slow, fast, latency, loading;
  memory, heap, ram; security, audit, vulnerability, scan, risk; vulnerability, advisory, cve, vulnerable; leak, exposed;
  secret, token, credential, password, key, api key; permission, access, role, allowed, right, policy; limit, quota;
  container, pod, docker; cluster, context; scale, replica; node, server, host, machine, computer; instance, vm, server, machine;
  process, program; terminal, shell, console, bash, session; command, shell, terminal; request, call, http; header, metadata;
  port, tunnel, forward; proxy, forward; firewall, security group; network, vpc, subnet; region, zone, location;
  domain, dns, zone, hostname; route, path; queue, enqueue`);

const WEB_AND_WORLD = rows(`
  page, site, website, webpage, web; url, link, uri; web, internet, online, google; news, current, headline; crawl, scrape, spider;
  extract, scrape, content; map, sitemap; dialog, popup, alert, prompt, modal, confirm; click, press, tap; type, enter, fill, input, write;
  select, choose, pick, option, dropdown; resize, smaller, larger, bigger; window, viewport; tab, page, window;
  navigate, go, visit, goto, open, browse; back, previous; drag, drop; hover, mouse; scroll, swipe;
  place, location, address, venue, nearby; nearby, near, around; address, coordinates; direction, route, navigation, travel;
  distance, far, duration; elevation, altitude, height, high; weather, forecast, temperature`);

export const ALIKE = [...OTHER_ACTIONS, ...WORK_AND_PEOPLE, ...MONEY, ...DOCUMENTS_AND_DATA, ...SOFTWARE_AND_OPERATIONS, ...WEB_AND_WORLD];
