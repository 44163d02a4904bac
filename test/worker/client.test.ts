import { describe, expect, it } from 'vitest';
import { createClient, type WorkerEvents } from '../../src/worker/client.ts';
import type { CaseView, InputPart, Request, SentCase } from '../../src/worker/protocol.ts';

/** A worker that keeps what it was sent; tests answer by hand. */
class FakeWorker {
  readonly sent: Request[] = [];
  terminated = false;
  readonly events: WorkerEvents;

  constructor(events: WorkerEvents) {
    this.events = events;
  }

  postMessage(message: Request): void {
    this.sent.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }
}

function setUp() {
  const workers: FakeWorker[] = [];
  const client = createClient((events) => {
    const worker = new FakeWorker(events);
    workers.push(worker);
    return worker;
  });
  const last = () => {
    const worker = workers.at(-1);
    if (worker === undefined) throw new Error('no worker was started');
    return worker;
  };
  return { client, workers, last };
}

const view: SentCase & CaseView = { documents: [], snapshots: [], recognised: true };
const parts: InputPart[] = [{ name: 'a', bytes: Uint8Array.of(1) }];
const idOf = (request: Request | undefined) => request?.id ?? -1;
/** Lets promise callbacks run. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('analysis client', () => {
  it('starts no worker before something is opened', () => {
    expect(setUp().workers).toEqual([]);
  });

  it('reports progress and resolves with the case', async () => {
    const { client, last } = setUp();
    const seen: string[] = [];
    const run = client.analyse(parts, { onProgress: ({ phase, done, total }) => seen.push(`${phase} ${done}/${total}`) });
    const id = idOf(last().sent[0]);
    last().events.onResponse({ type: 'progress', id, phase: 'Reading', done: 1, total: 2 });
    last().events.onResponse({ type: 'case', id, view });
    expect(await run.promise).toEqual({ type: 'case', view });
    expect(seen).toEqual(['Reading 1/2']);
  });

  it('cancels at once by ending the worker', async () => {
    const { client, workers } = setUp();
    const run = client.analyse(parts);
    run.cancel();
    expect(await run.promise).toEqual({ type: 'cancelled' });
    expect(workers[0]?.terminated).toBe(true);
    client.analyse(parts);
    expect(workers.length).toBe(2);
  });

  it('does nothing when a finished run is cancelled', async () => {
    const { client, last } = setUp();
    const run = client.analyse(parts);
    last().events.onResponse({ type: 'case', id: idOf(last().sent[0]), view });
    await run.promise;
    run.cancel();
    expect(last().terminated).toBe(false);
  });

  it('still asks the worker of the open case when what was to be added is cancelled', async () => {
    const { client, workers } = setUp();
    const first = client.analyse(parts);
    workers[0]?.events.onResponse({ type: 'case', id: idOf(workers[0].sent[0]), view });
    await first.promise;
    const second = client.analyse([{ name: 'b', bytes: Uint8Array.of(2) }]);
    second.cancel();
    expect(await second.promise).toEqual({ type: 'cancelled' });
    const picture = client.picture(0, '1');
    await turn();
    expect(workers.map(({ terminated }) => terminated)).toEqual([false, true]);
    const asked = workers[0]?.sent[1];
    expect(asked).toMatchObject({ type: 'picture', snapshot: 0, owner: '1' });
    workers[0]?.events.onResponse({ type: 'picture', id: idOf(asked), picture: undefined });
    expect(await picture).toBeUndefined();
  });

  it('ends the worker of a case that another one replaces', async () => {
    const { client, workers, last } = setUp();
    const first = client.analyse(parts);
    last().events.onResponse({ type: 'case', id: idOf(last().sent[0]), view });
    await first.promise;
    const second = client.analyse(parts);
    last().events.onResponse({ type: 'case', id: idOf(last().sent[0]), view });
    await second.promise;
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    client.close();
    expect(last().terminated).toBe(true);
    await expect(client.picture(0, '1')).rejects.toThrow('No case is open');
  });

  it('reads the case again when its worker has died', async () => {
    const { client, workers, last } = setUp();
    const run = client.analyse(parts);
    last().events.onResponse({ type: 'case', id: idOf(last().sent[0]), view });
    await run.promise;
    last().events.onError('out of memory');
    const picture = client.picture(0, '1');
    expect(workers.length).toBe(2);
    expect(last().sent).toMatchObject([{ type: 'analyse', parts }]);
    last().events.onResponse({ type: 'case', id: idOf(last().sent[0]), view });
    await turn();
    last().events.onResponse({ type: 'picture', id: idOf(last().sent[1]), picture: undefined });
    expect(await picture).toBeUndefined();
  });

  it('fails everything that waits when the worker dies', async () => {
    const { client, last } = setUp();
    const run = client.analyse(parts);
    last().events.onError('out of memory');
    expect(await run.promise).toEqual({ type: 'failed', message: 'out of memory' });
  });

  it('rejects a report whose answer is a failure', async () => {
    const { client, last } = setUp();
    const run = client.analyse(parts);
    last().events.onResponse({ type: 'case', id: idOf(last().sent[0]), view });
    await run.promise;
    const report = client.report('text');
    await turn();
    last().events.onResponse({ type: 'failed', id: idOf(last().sent[1]), message: 'no' });
    await expect(report).rejects.toThrow('no');
  });

  it('takes the worker that was started for it', async () => {
    const { client, workers } = setUp();
    client.warm();
    client.warm();
    client.analyse(parts);
    await turn();
    expect(workers.map(({ sent }) => sent.length)).toEqual([1]);
  });

  it('rejects pictures before any case is open', async () => {
    await expect(setUp().client.picture(0, '1')).rejects.toThrow('No case is open');
  });
});
