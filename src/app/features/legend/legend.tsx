/** Slot kinds, as the diagram tags them. */
import { Glyph, type GlyphName } from '../../ui/glyphs.tsx';
import type { Tone } from '../../ui/tag.tsx';
import '../../ui/ui.css';
import styles from './legend.module.css';

const kinds: readonly { tone: Tone; glyph: GlyphName; name: string }[] = [
  { tone: 'fp', glyph: 'fp', name: 'Saved frame pointer' },
  { tone: 'ret', glyph: 'ret', name: 'Return address' },
  { tone: 'arg', glyph: 'arg', name: 'Argument or spill' },
  { tone: 'local', glyph: 'local', name: 'Local word' },
  { tone: 'ptr', glyph: 'ptr', name: 'Pointer (heap or stack)' },
  { tone: 'bad', glyph: 'bad', name: 'Bogus value' },
];

export function Legend() {
  return (
    <section className={styles['section']} aria-labelledby="legend-label">
      <h2 id="legend-label" className="section-label">
        Slot kinds
      </h2>
      <ul role="list" className={styles['list']}>
        {kinds.map(({ tone, glyph, name }) => (
          <li key={tone}>
            <span className={`${styles['swatch'] ?? ''} tone-${tone}`}>
              <Glyph name={glyph} />
            </span>
            {name}
          </li>
        ))}
      </ul>
    </section>
  );
}
