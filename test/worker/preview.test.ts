import { describe, expect, it } from 'vitest';
import { createClient, previewBytes, previewFrom, type WorkerEvents } from '../../src/worker/client.ts';
import { createHandler } from '../../src/worker/handler.ts';
import type { CaseView, InputPart, Request } from '../../src/worker/protocol.ts';

const block = (id: number) => `goroutine ${id} [select]:\nmain.wait(0x${id.toString(16)})\n\t/srv/x.go:1 +0x1\n\n`;
const count = Math.ceil(previewFrom / block(100_000).length) + 60_000;

function dump(): string {
  return Array.from({ length: count }, (_, id) => block(id + 1)).join('');
}

const filePart = (text: string): InputPart => ({ name: 'large.txt', file: new Blob([text]) });

/** Workers on this thread; `sent` tells what each was asked. */
function setUp() {
  const workers: { sent: Request[]; ended: boolean; events: WorkerEvents }[] = [];
  const client = createClient((events) => {
    const worker = { sent: [] as Request[], ended: false, events };
    workers.push(worker);
    const handle = createHandler((response, transfer) => {
      if (!worker.ended) events.onResponse(structuredClone(response, { transfer }));
    });
    return {
      postMessage: (message) => {
        worker.sent.push(message);
        void handle(message);
      },
      terminate: () => {
        worker.ended = true;
      },
    };
  });
  return { client, workers };
}

const goroutines = (view: CaseView | undefined) => view?.snapshots[0]?.snapshot.goroutines.length;

describe('a preview', () => {
  it('shows whole goroutines of the beginning, says so, and is replaced by all of it', async () => {
    const { client, workers } = setUp();
    let preview: CaseView | undefined;
    const text = dump();
    const run = client.analyse([filePart(text)], { onPreview: (view) => (preview = view) });
    const outcome = await run.promise;
    const { read = 0, total } = preview?.partial ?? {};
    expect(total).toBe(text.length);
    expect(read).toBeLessThanOrEqual(previewBytes);
    expect(read).toBeGreaterThan(previewBytes - 100);
    expect(goroutines(preview)).toBe(text.slice(0, read).split('goroutine ').length - 1);
    expect(text.slice(read)).toMatch(/^goroutine \d+ \[select\]:/);
    if (outcome.type !== 'case') throw new Error(outcome.type);
    expect(outcome.view.partial).toBeUndefined();
    expect(goroutines(outcome.view)).toBe(count);
    expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
  });

  it('answers for pictures while the rest is read, and is gone when that is cancelled', async () => {
    const { client, workers } = setUp();
    let shown: () => void = () => undefined;
    const seen = new Promise<void>((resolve) => {
      shown = resolve;
    });
    const run = client.analyse([filePart(dump())], { onPreview: () => shown() });
    await seen;
    const picture = client.picture(0, '1');
    expect(workers[0]?.sent.map(({ type }) => type)).toEqual(['analyse', 'picture']);
    await picture;
    run.cancel();
    expect(await run.promise).toEqual({ type: 'cancelled' });
    expect(workers.map(({ ended }) => ended)).toEqual([true, true]);
    await expect(client.picture(0, '1')).rejects.toThrow('No case is open');
  });

  it('is left out where the beginning holds nothing, and for small inputs', async () => {
    const { client } = setUp();
    let previews = 0;
    const onPreview = () => previews++;
    const log = `${'2026-01-02 all is well\n'.repeat(previewFrom / 20)}${block(7)}`;
    const late = await client.analyse([filePart(log)], { onPreview }).promise;
    const small = await client.analyse([filePart(block(7))], { onPreview }).promise;
    expect(previews).toBe(0);
    for (const outcome of [late, small]) {
      if (outcome.type !== 'case') throw new Error(outcome.type);
      expect(goroutines(outcome.view)).toBe(1);
    }
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['NotFoundError', 'gone.txt could not be read: it is not where it was when it was chosen'],
    ['NotReadableError', 'gone.txt could not be read: it changed after it was chosen, or reading it is not allowed'],
  ])('fails with a sentence: %s', async (name, message) => {
    const { client } = setUp();
    const file = new Blob(['goroutine 1 [running]:\n']);
    file.slice = () => {
      const piece = new Blob(['x']);
      piece.arrayBuffer = () => Promise.reject(new DOMException('no', name));
      return piece;
    };
    expect(await client.analyse([{ name: 'gone.txt', file }]).promise).toEqual({ type: 'failed', message });
  });
});
