import './stack.css';
import { useSettings } from '../../stores/settings-store.ts';
import { useView } from '../../stores/view-store.ts';
import { Icon } from '../../ui/glyphs.tsx';

/** Folding and direction: stands at the right end of the tab bar while the stack is shown. */
export function StackToolbar() {
  const folded = useView((state) => state.folded);
  const toggleFolded = useView((state) => state.toggleFolded);
  const direction = useSettings((state) => state.direction);
  const flip = useSettings((state) => state.flipDirection);
  return (
    <div className="stack-toolbar" role="group" aria-label="Stack drawing">
      <button type="button" aria-pressed={folded} aria-keyshortcuts="Z" onClick={toggleFolded}>
        <Icon name="fold" />
        <span className="word">Fold quiet words</span>
      </button>
      <button type="button" aria-keyshortcuts="I" onClick={flip}>
        <Icon name="flip" />
        <span className="word">{direction === 'low-first' ? 'Low addresses first' : 'High addresses first'}</span>
      </button>
    </div>
  );
}
