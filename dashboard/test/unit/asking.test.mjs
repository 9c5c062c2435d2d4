import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Follower } from '../../src/js/follower.js';
import { Loader } from '../../src/js/loader.js';
import { Market } from '../../src/js/market.js';

/** An application of which a follower and a loader need but little; `answers` are given one by one. */
function application(answers = []) {
  const app = {
    isLive: true,
    market: { days: [{ trading_day: '2026-03-02' }] },
    presence: { report: () => {}, refuse: (follower, detail) => app.refusals.push(detail) },
    refusals: [],
    time: 1_000,
    now: () => app.time,
    refreshed: 0,
    refresh: () => app.refreshed++,
    asked: 0,
    api: {
      get: async () => {
        app.asked++;
        const answer = answers.shift();
        if (answer instanceof Error) {
          throw answer;
        }
        return answer;
      },
    },
    track: (work) => work,
    stream: {
      listener: null,
      subscribe: (query, listener) => {
        app.stream.listener = listener;
        return () => {
          app.stream.listener = null;
        };
      },
    },
  };
  return app;
}

function follower(app) {
  const told = { reloads: 0, deltas: 0, reload: () => told.reloads++, onDelta: () => told.deltas++ };
  const made = new Follower(app, told);
  made.follow({ symbol: 'X' });
  return { made, told, stream: app.stream.listener };
}

const snapshot = (day, generation, reason = 'subscribed') => ({ reason, trading_day: day, chains: [{ generation, as_of: 1 }] });
const answer = (day, generation) => ({ meta: { days: [{ trading_day: day, generation }] } });

for (const [what, first, day, generation, reloads] of [
  ['same', 'snapshot', '2026-03-02', 5, 0],
  ['older', 'snapshot', '2026-03-02', 4, 1],
  ['older', 'answer', '2026-03-02', 4, 1],
  ['newer', 'answer', '2026-03-02', 6, 0],
  ['anotherDays', 'snapshot', '2026-03-03', 1, 0],
]) {
  test(`check_${what}Answer_${first}First_reloads${reloads}Times`, (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { made, told, stream } = follower(application());
    const steps = [() => stream.onSnapshot(snapshot('2026-03-02', 5)), () => made.check(answer(day, generation))];
    (first === 'snapshot' ? steps : steps.reverse()).forEach((step) => step());
    t.mock.timers.tick(10_000);
    assert.equal(told.reloads, reloads);
  });
}

test('check_answerBeforeDeltas_isNotOld', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { made, told, stream } = follower(application());
  stream.onSnapshot(snapshot('2026-03-02', 5));
  made.check(answer('2026-03-02', 5));
  stream.onDelta({ chains: [{ generation: 6, buckets: [] }] });
  stream.onSnapshot(snapshot('2026-03-02', 6));
  t.mock.timers.tick(10_000);
  assert.deepEqual([told.deltas, told.reloads], [1, 0]);
});

for (const [reason, day, refreshed] of [['subscribed', '2026-03-02', 0], ['subscribed', '2026-03-03', 1], ['new_day', '2026-03-03', 1], ['rolled', '2026-03-02', 1]]) {
  test(`snapshot_${reason}Of${day}_refreshesThePage${refreshed}Times`, () => {
    const app = application();
    follower(app).stream.onSnapshot(snapshot(day, 1, reason));
    assert.equal(app.refreshed, refreshed);
  });
}

test('follow_sameQuery_isTheSame_replayEndsIt', () => {
  const app = application();
  const { made } = follower(app);
  assert.equal(made.follow({ symbol: 'X' }), false);
  app.isLive = false;
  assert.equal(made.follow({ symbol: 'X' }), true);
  assert.equal(app.stream.listener, null);
});

test('onError_refused_isToldUntilSomethingComes', () => {
  const app = application();
  const { stream } = follower(app);
  app.refusals.length = 0;
  stream.onError({ detail: 'no room' });
  stream.onSnapshot(snapshot('2026-03-02', 1));
  assert.deepEqual(app.refusals, ['no room', null]);
});

test('marketAnswer_abandonedMeanwhile_isNotTaken', async () => {
  const answers = { A: { symbol: 'A', days: [] }, B: { symbol: 'B', days: [] } };
  const market = new Market({ get: async (path, { symbol }) => answers[symbol] });
  await market.loadDays('A');
  const late = market.loadDays('B');
  market.abandon();
  await late;
  assert.equal(market.symbol, 'A');
  assert.ok(!market.is('B'));
});

test('is_nameThatWasAskedFor_isTheSymbolThatAnswered', async () => {
  const market = new Market({ get: async () => ({ symbol: 'NIFTY50', days: [] }) });
  await market.loadDays('nifty50');
  assert.ok(market.is('nifty50') && market.is('NIFTY50') && !market.is('BANKNIFTY'));
});

/** What a loader told, in order. */
async function told(answers, steps, app = application(answers)) {
  const loader = new Loader(app);
  const heard = [];
  const listener = { onAnswer: (one) => heard.push(one), onFailure: (one) => heard.push(one.message), onStart: () => heard.push('start') };
  for (const step of steps) {
    step({ load: (what, minute = null) => loader.load('/', { what }, { ...listener, minute }), forget: () => loader.forget() });
    await new Promise(setImmediate);
  }
  loader.dispose();
  return { heard, asked: app.asked };
}

const passing = Object.assign(new Error('passing'), { isPassing: true });
const lasting = Object.assign(new Error('lasting'), { isPassing: false });

test('load_sameTwice_asksOnce', async () => {
  const { heard, asked } = await told(['one'], [(l) => l.load(1), (l) => l.load(1)]);
  assert.deepEqual(heard, ['start', 'one']);
  assert.equal(asked, 1);
});

test('load_forgotten_asksAgainWithoutAStart', async () => {
  const { heard } = await told(['one', 'two'], [(l) => l.load(1), (l) => { l.forget(); l.load(1); }]);
  assert.deepEqual(heard, ['start', 'one', 'two']);
});

for (const [minute, heard] of [[900, ['start', 'one']], [960, ['start', 'one', 'two']]]) {
  test(`load_minute${minute}AnsweredAt1000_asks${heard.length - 1}Times`, async () => {
    const answers = await told(['one', 'two'], [(l) => l.load(1, minute), (l) => l.load(1, minute)]);
    assert.deepEqual(answers.heard, heard);
  });
}

test('load_passingFailureAfterAnAnswer_leavesItInSight', async () => {
  const { heard } = await told(['one', passing], [(l) => l.load(1), (l) => { l.forget(); l.load(1); }]);
  assert.deepEqual(heard, ['start', 'one']);
});

test('load_lastingFailureAfterAnAnswer_isTold', async () => {
  const { heard } = await told(['one', lasting], [(l) => l.load(1), (l) => { l.forget(); l.load(1); }]);
  assert.deepEqual(heard, ['start', 'one', 'lasting']);
});

test('load_passingFailure_isAskedAgainAfterAWhile', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { heard, asked } = await told([passing, 'one'], [(l) => l.load(1), () => t.mock.timers.tick(3_000)]);
  assert.deepEqual(heard, ['start', 'passing', 'one']);
  assert.equal(asked, 2);
});

test('load_lastingFailure_isNotAskedAgain', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { asked } = await told([lasting], [(l) => l.load(1), () => t.mock.timers.tick(60_000)]);
  assert.equal(asked, 1);
});

test('load_minuteThatStillRuns_isAskedAgainOnceItIsOver', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const app = application(['running', 'whole']);
  const later = () => {
    app.time = 1_100;
    t.mock.timers.tick(60_000);
  };
  const { heard, asked } = await told(null, [(l) => l.load(1, 960), later, later], app);
  assert.deepEqual(heard, ['start', 'running', 'whole']);
  assert.equal(asked, 2);
});
