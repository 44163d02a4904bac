import { useLayoutEffect, useRef } from 'react';
import type { StackCallout } from '../../../core/model/picture.ts';
import { CodeText } from '../../ui/code-text.tsx';
import { Icon } from '../../ui/glyphs.tsx';

interface CalloutProps {
  callout: StackCallout;
  /** Design pixels from the top of the band. */
  top: number;
  /** Design pixels it needs; the layout makes room. */
  onHeight: (height: number) => void;
}

/** Sentences of the core may or may not end with a full stop. */
function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

/** The box under the first bad slot: what was expected, what was found, why it cannot be. */
export function Callout({ callout, top, onHeight }: CalloutProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () => {
      const unit = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
      onHeight(Math.ceil(element.offsetHeight / unit));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [callout, onHeight]);
  return (
    <div ref={box} className="stack-callout-box" style={{ top: `calc(var(--u) * ${top})` }}>
      <span className="stack-callout-icon">
        <Icon name="broken" size={15} />
      </span>
      <div>
        <b>{sentence(callout.title)}</b>
        {callout.expected !== undefined && (
          <>
            {' Expected '}
            <CodeText text={sentence(callout.expected)} />
          </>
        )}
        <br />
        {'Found '}
        <CodeText text={callout.found} />
      </div>
    </div>
  );
}
