import type { Frame } from '../../../core/model/goroutine.ts';
import { shortFile } from '../stack/names.ts';
import { counted } from '../../ui/digits.ts';
import { Icon } from '../../ui/glyphs.tsx';
import type { FrameItem } from './frame-items.ts';

/** `runtime/chan.go:156 +0x17`. */
function place(frame: Frame): string {
  if (frame.file === undefined) return '';
  const line = frame.line === undefined ? '' : `:${frame.line.toString()}`;
  const offset = frame.entryOffset === undefined ? '' : ` +0x${frame.entryOffset.toString(16)}`;
  return `${shortFile(frame.file)}${line}${offset}`;
}

function argumentsOf(frame: Frame): string {
  return frame.arguments ?? (frame.inlined ? '…' : '');
}

function Call({ frame }: { frame: Frame }) {
  return (
    <span className="frame-call">
      <b className="mono">{frame.function ?? 'function unknown'}</b>
      {frame.function !== undefined && <span className="frame-arguments mono">({argumentsOf(frame)})</span>}
      {frame.inlined && <span className="frame-mark">inlined</span>}
      {frame.functionInferred && <span className="frame-mark">name inferred</span>}
    </span>
  );
}

function Registers({ frame }: { frame: Frame }) {
  const parts = (['sp', 'fp', 'pc'] as const).flatMap((name) => {
    const value = frame[name];
    return value === undefined ? [] : [`${name} 0x${value.toString(16)}`];
  });
  if (parts.length === 0) return null;
  return (
    <span className="frame-registers mono">
      {parts.join('  ')}
      {frame.placed && ' (placed)'}
    </span>
  );
}

/** `6 runtime frames`, `the same call × 98`, `the same 2 calls × 40`. */
function foldText({ frames, period }: Extract<FrameItem, { kind: 'fold' }>): string {
  if (period === undefined) return counted(frames.length, 'runtime frame');
  const calls = period === 1 ? 'call' : `${period.toString()} calls`;
  return `the same ${calls} × ${(frames.length / period).toLocaleString('en-US')}`;
}

/** One row of the list; the list handles its events by `data-item`. */
export function FrameRow({ item }: { item: FrameItem }) {
  switch (item.kind) {
    case 'frame':
      return (
        <>
          <span className="frame-index">{item.index}</span>
          <span className="frame-body">
            <Call frame={item.frame} />
            <span className="frame-place">{place(item.frame)}</span>
          </span>
          <Registers frame={item.frame} />
        </>
      );
    case 'fold':
      return (
        <>
          <span className="frame-index">
            <Icon name="right" size={12} />
          </span>
          <span className="frame-body">{foldText(item)}</span>
          <span className="frame-registers">
            {item.period === 1
              ? item.frames[0]?.function
              : `${item.frames[0]?.function ?? ''} … ${item.frames.at(-1)?.function ?? ''}`}
          </span>
        </>
      );
    case 'elided':
      return (
        <>
          <span className="frame-index">⋮</span>
          <span className="frame-body">
            {item.count === 0 ? 'more frames' : counted(item.count, 'frame')} left out by the runtime
          </span>
        </>
      );
    case 'heading':
      return null;
    case 'created':
      return (
        <>
          <span className="frame-index">↳</span>
          <span className="frame-body">
            <span className="frame-call">
              created by <b className="mono">{item.frame.function ?? 'an unknown function'}</b>
              {item.inGoroutine !== undefined && ` in goroutine ${item.inGoroutine}`}
            </span>
            <span className="frame-place">{place(item.frame)}</span>
          </span>
        </>
      );
  }
}
