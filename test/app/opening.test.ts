import { describe, expect, it } from 'vitest';
import { availableTabs, firstSelection } from '../../src/app/opening.ts';
import { caseTitle, processLine } from '../../src/app/shell/case-title.ts';
import { progressText } from '../../src/app/shell/progress-text.ts';
import { stackSummary } from '../../src/app/shell/stack-summary.ts';
import { openCase, session } from './open-case.ts';

const panic = `panic: runtime error: index out of range [5] with length 3

goroutine 1 [running]:
main.pick(...)
\t/home/u/shop/main.go:9
main.main()
\t/home/u/shop/main.go:14 +0x1d
exit status 2
`;

async function first(text: string) {
  const view = await openCase(text);
  const snapshot = view.snapshots[0];
  if (snapshot === undefined) throw new Error('no snapshot');
  return { view, snapshot };
}

describe('where a case opens', () => {
  it('opens a panic without places on its frames, with the first own frame', async () => {
    const { snapshot } = await first(panic);
    expect(availableTabs(snapshot)).toEqual(['frames', 'text']);
    const selection = firstSelection(snapshot);
    const { strings, frames } = snapshot.snapshot;
    expect(selection.goroutine).toBe('1');
    expect(strings[frames.functionName[selection.frameRow ?? -1] ?? 0]).toBe('main.pick');
  });

  it('opens a case with words on the stack of the goroutine that crashed', async () => {
    const { snapshot } = await first(session);
    expect(availableTabs(snapshot)).toEqual(['stack', 'trail', 'frames', 'memory', 'text']);
    expect(firstSelection(snapshot).goroutine).toBe('2');
  });

  it('has the text alone where nothing was recognised', async () => {
    const view = await openCase('Dear all,\nno crash today.\n');
    expect(view.recognised).toBe(false);
    expect(availableTabs(view.snapshots[0])).toEqual(['text']);
  });
});

describe('the header', () => {
  it('names what died of what', async () => {
    const { view, snapshot } = await first(panic);
    expect(caseTitle(view, snapshot.snapshot)).toBe('part 1: panic: runtime error: index out of range [5] with length 3');
    expect(processLine(snapshot.snapshot, '1')).toMatch(/goroutine 1$/);
    const other = await first(session);
    expect(caseTitle(other.view, other.snapshot.snapshot)).toBe('part 1: SIGSEGV');
  });
});

describe('counts', () => {
  it('counts the frames of the selected goroutine', async () => {
    const { snapshot } = await first(panic);
    expect(stackSummary(snapshot.snapshot, '1')).toBe('2 frames');
    expect(stackSummary(snapshot.snapshot, 'nobody')).toBe('0 frames');
  });

  it('shows megabytes only where there are some', () => {
    expect(progressText('Reading text', 12.4 * 1024 * 1024, 34.2 * 1024 * 1024)).toBe('Reading text, 12 of 35 MB');
    expect(progressText('Examining', 0, 1)).toBe('Examining');
  });
});
