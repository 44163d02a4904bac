import type { StackPicture } from '../../../core/model/picture.ts';
import { lowerBoundText } from './row-text.ts';

/** The hatched strip at one end: which end it is, and what lies between the drawn words and the bound. */
export function EdgeStrip({ picture, low, first }: { picture: StackPicture; low: boolean; first: boolean }) {
  const lower = lowerBoundText(picture);
  return (
    <div className={first ? 'stack-edge' : 'stack-edge is-last'}>
      <b>
        {first ? '▲' : '▼'} {low ? 'lower' : 'higher'} addresses
      </b>
      {picture.bounds === undefined || lower === undefined ? (
        <span>the bounds of this stack are not in the paste</span>
      ) : low ? (
        <span>
          {lower.before} <code className="mono">{lower.lo}</code>
          {lower.guard !== undefined && (
            <>
              , default guard at <code className="mono">{lower.guard}</code>
            </>
          )}
        </span>
      ) : (
        <span>
          {picture.bounds.known === 'guessed' && 'guessed '}stack.hi{' '}
          <code className="mono">0x{picture.bounds.hi.toString(16)}</code>
        </span>
      )}
    </div>
  );
}
