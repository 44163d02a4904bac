import './ui.css';
import { Glyph, type GlyphName } from './glyphs.tsx';

export type Tone = 'fp' | 'ret' | 'arg' | 'local' | 'ptr' | 'zero' | 'bad' | 'warn' | 'absent';

/** Kind of a slot: glyph and name on the kind's tint. */
export function Tag({ tone, glyph, children }: { tone: Tone; glyph: GlyphName; children: React.ReactNode }) {
  return (
    <span className={`tag tone-${tone}`}>
      <Glyph name={glyph} />
      {children}
    </span>
  );
}

/** A dark label beside a row: a register, or `walk`. */
export function Pill({ walk = false, children }: { walk?: boolean; children: React.ReactNode }) {
  return <span className={walk ? 'pill pill-walk' : 'pill'}>{children}</span>;
}
