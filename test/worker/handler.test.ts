import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createHandler } from '../../src/worker/handler.ts';
import type { InputPart, Response } from '../../src/worker/protocol.ts';
import { session } from '../app/open-case.ts';

const encode = (text: string): InputPart[] => [{ name: 'a.txt', bytes: new TextEncoder().encode(text) }];

function setUp() {
  const responses: Response[] = [];
  const transfers: ArrayBuffer[][] = [];
  const handle = createHandler((response, transfer) => {
    // As between threads: transferred buffers are gone here afterwards.
    responses.push(structuredClone(response, { transfer }));
    transfers.push(transfer);
  });
  const answers = () => responses.filter((response) => response.type !== 'progress');
  return { handle, answers, transfers };
}

describe('handler', () => {
  it('answers with the case, its columns transferred, and still draws and reports', async () => {
    const { handle, answers, transfers } = setUp();
    await handle({ type: 'analyse', id: 1, parts: encode(session) });
    await handle({ type: 'picture', id: 2, snapshot: 0, owner: '2' });
    await handle({ type: 'report', id: 3, form: 'markdown' });
    await handle({ type: 'report', id: 4, form: 'text' });
    await handle({ type: 'report', id: 5, form: 'json' });
    const [opened, picture, ...reports] = answers();
    if (opened?.type !== 'case' || picture?.type !== 'picture') throw new Error('unexpected answers');
    const snapshot = opened.view.snapshots[0]?.snapshot;
    expect(snapshot?.goroutines.length).toBe(3);
    expect(snapshot?.memory.values[1]).toBe(0xc000040ef0n);
    const [document] = opened.view.documents;
    expect(new TextDecoder().decode(document?.bytes)).toBe(session);
    expect(document?.text.bytes).toBe(document?.bytes);
    expect(transfers.flat().every((buffer) => buffer.byteLength === 0)).toBe(true);
    expect(picture.picture?.bands.length).toBeGreaterThan(0);
    for (const report of reports) {
      if (report.type !== 'report') throw new Error(report.type);
      expect(report.text).toContain('main.(*shard).add');
    }
    expect(reports.length).toBe(3);
  });

  it('sends the bytes of a document that was unpacked', async () => {
    const { handle, answers } = setUp();
    const bytes = new Uint8Array(gzipSync(session));
    await handle({ type: 'analyse', id: 1, parts: [{ name: 'a.gz', bytes }] });
    const [opened] = answers();
    if (opened?.type !== 'case') throw new Error('no case');
    expect(new TextDecoder().decode(opened.view.documents[0]?.bytes)).toBe(session);
  });

  it('gives every line of the document a class', async () => {
    const { handle, answers } = setUp();
    await handle({ type: 'analyse', id: 1, parts: encode(`hello\n${session}`) });
    const [opened] = answers();
    if (opened?.type !== 'case') throw new Error('no case');
    const document = opened.view.documents[0];
    expect(document?.lineClass.length).toBe((document?.lineStarts.length ?? 0) - 1);
    expect(document?.lineClass[0]).toBe(0);
    expect(document?.lineClass[2]).toBe(1);
  });

  it('answers once to a cancelled analysis', async () => {
    const { handle, answers } = setUp();
    const running = handle({ type: 'analyse', id: 7, parts: encode(session) });
    await handle({ type: 'cancel', id: 7 });
    await running;
    expect(answers()).toEqual([{ type: 'cancelled', id: 7 }]);
  });

  it('says so when there is no case', async () => {
    const { handle, answers } = setUp();
    await handle({ type: 'picture', id: 1, snapshot: 0, owner: '1' });
    expect(answers()).toEqual([{ type: 'failed', id: 1, message: 'No case is open' }]);
  });

  it('has no picture of an owner that is not in the case', async () => {
    const { handle, answers } = setUp();
    await handle({ type: 'analyse', id: 1, parts: encode(session) });
    await handle({ type: 'picture', id: 2, snapshot: 9, owner: '2' });
    expect(answers()[1]).toEqual({ type: 'picture', id: 2, picture: undefined });
  });
});
