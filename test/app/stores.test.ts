import { beforeEach, describe, expect, it } from 'vitest';
import { useAnnouncement } from '../../src/app/stores/announcement-store.ts';
import { useCase } from '../../src/app/stores/case-store.ts';
import { provideClient } from '../../src/app/stores/client.ts';
import { useSelection } from '../../src/app/stores/selection-store.ts';
import { parseSettings } from '../../src/app/stores/settings-store.ts';
import { toAddress } from '../../src/core/model/address.ts';
import type { AnalysisClient, AnalysisOutcome } from '../../src/worker/client.ts';
import type { CaseView, InputPart } from '../../src/worker/protocol.ts';

interface Pending {
  parts: readonly InputPart[];
  settle: (outcome: AnalysisOutcome) => void;
  onPreview: ((view: CaseView) => void) | undefined;
}

const pending: Pending[] = [];

const client: AnalysisClient = {
  analyse: (parts, options) => {
    let settle: (outcome: AnalysisOutcome) => void = () => undefined;
    const promise = new Promise<AnalysisOutcome>((resolve) => {
      settle = resolve;
    });
    pending.push({ parts, settle, onPreview: options?.onPreview });
    return { promise, cancel: () => settle({ type: 'cancelled' }) };
  },
  picture: () => Promise.resolve(undefined),
  report: () => Promise.resolve(''),
  bytes: () => Promise.resolve(new Uint8Array()),
  onBytes: () => () => undefined,
  warm: () => undefined,
  close: () => undefined,
};

const part = (name: string): InputPart => ({ name, bytes: new Uint8Array() });
const ready: AnalysisOutcome = { type: 'case', view: { documents: [], snapshots: [], recognised: true } };
const names = () => useCase.getState().parts.map(({ name }) => name);

async function finish(promise: Promise<void>, outcome: AnalysisOutcome): Promise<void> {
  pending.at(-1)?.settle(outcome);
  await promise;
}

beforeEach(() => {
  provideClient(client);
  useCase.getState().close();
  pending.length = 0;
});

describe('case store', () => {
  it('opens, adds and undoes', async () => {
    await finish(useCase.getState().open([part('a')]), ready);
    expect(useCase.getState().status).toBe('ready');
    await finish(useCase.getState().add([part('b')]), ready);
    expect(names()).toEqual(['a', 'b']);
    expect(pending.at(-1)?.parts.length).toBe(2);
    await finish(useCase.getState().undo(), ready);
    expect(names()).toEqual(['a']);
    expect(useCase.getState().before).toBeUndefined();
  });

  it('keeps the open case when an addition is cancelled', async () => {
    await finish(useCase.getState().open([part('a')]), ready);
    const { revision } = useCase.getState();
    const adding = useCase.getState().add([part('b')]);
    expect(useCase.getState().status).toBe('reading');
    useCase.getState().cancel();
    await adding;
    expect(useCase.getState().status).toBe('ready');
    expect(useCase.getState().revision).toBe(revision);
    expect(names()).toEqual(['a']);
  });

  it('is empty again when the first reading is cancelled', async () => {
    const opening = useCase.getState().open([part('a')]);
    useCase.getState().cancel();
    await opening;
    expect(useCase.getState().status).toBe('empty');
    expect(names()).toEqual([]);
  });

  it('keeps the parts of a case that failed', async () => {
    await finish(useCase.getState().open([part('a')]), { type: 'failed', message: 'no' });
    expect(useCase.getState()).toMatchObject({ status: 'failed', failure: 'no' });
    expect(names()).toEqual(['a']);
  });

  it('takes the answer of the last opening only', async () => {
    const first = useCase.getState().open([part('a')]);
    const second = useCase.getState().open([part('b')]);
    pending[0]?.settle(ready);
    await first;
    expect(useCase.getState().status).toBe('reading');
    await finish(second, ready);
    expect(names()).toEqual(['b']);
  });
});

describe('selection store', () => {
  const address = toAddress(0xc000040ec8n);

  it('keeps the goroutine and clears the rest', () => {
    const { select, clear } = useSelection.getState();
    clear();
    select({ goroutine: '7', address, finding: 'FP-01' }, 'finding');
    select({ frameRow: 3 }, 'list');
    expect(useSelection.getState()).toMatchObject({ goroutine: '7', frameRow: 3, address: undefined, finding: undefined });
  });

  it('goes back and forward', () => {
    const { select, follow, back, forward, clear } = useSelection.getState();
    clear();
    select({ goroutine: '1' }, 'list');
    follow({ address }, 'diagram');
    follow({ goroutine: '2' }, 'list');
    back();
    expect(useSelection.getState()).toMatchObject({ goroutine: '1', address });
    back();
    expect(useSelection.getState()).toMatchObject({ goroutine: '1', address: undefined });
    back();
    forward();
    expect(useSelection.getState()).toMatchObject({ goroutine: '1', address });
    forward();
    forward();
    expect(useSelection.getState().goroutine).toBe('2');
  });
});

describe('settings', () => {
  it('takes what it knows and falls back for the rest', () => {
    const defaults = { theme: 'system', direction: 'low-first', letterKeys: true };
    expect(parseSettings(null)).toEqual(defaults);
    expect(parseSettings('{')).toEqual(defaults);
    expect(parseSettings('[1]')).toEqual(defaults);
    expect(parseSettings('{"theme":"pink","direction":1,"letterKeys":"no"}')).toEqual(defaults);
    expect(parseSettings('{"theme":"dark","direction":"high-first","letterKeys":false}')).toEqual({
      theme: 'dark',
      direction: 'high-first',
      letterKeys: false,
    });
  });
});

describe('a preview', () => {
  const partial = { read: 2, total: 200 };
  const previewOf = (call: number) => pending[call]?.onPreview?.({ documents: [], snapshots: [], recognised: true, partial });

  it('is the case while the rest is read, and the same case afterwards', async () => {
    const opening = useCase.getState().open([part('a')]);
    previewOf(0);
    const { revision, edition } = useCase.getState();
    expect(useCase.getState()).toMatchObject({ status: 'reading', view: { partial } });
    await finish(opening, ready);
    expect(useCase.getState()).toMatchObject({ status: 'ready', revision, edition: edition + 1, before: undefined });
    expect(useCase.getState().view?.partial).toBeUndefined();
  });

  it('leaves nothing when reading is cancelled or fails', async () => {
    for (const outcome of [{ type: 'cancelled' }, { type: 'failed', message: 'gone' }] as const) {
      const opening = useCase.getState().open([part('a')]);
      previewOf(pending.length - 1);
      await finish(opening, outcome);
      expect(useCase.getState().view).toBeUndefined();
      expect(useCase.getState().status).toBe(outcome.type === 'failed' ? 'failed' : 'empty');
    }
  });

  it('never takes the place of an open case, which also stays when an addition fails', async () => {
    await finish(useCase.getState().open([part('a')]), ready);
    const adding = useCase.getState().add([part('b')]);
    expect(pending.at(-1)?.onPreview).toBeUndefined();
    await finish(adding, { type: 'failed', message: 'b could not be read' });
    expect(useCase.getState().status).toBe('ready');
    expect(names()).toEqual(['a']);
    expect(useAnnouncement.getState()).toMatchObject({ text: 'b could not be read', visible: true });
  });
});
