import './stack.css';
import type { StackPicture } from '../../../core/model/picture.ts';
import { useSnapshotView } from '../../stores/current.ts';
import { useView } from '../../stores/view-store.ts';
import { CodeText } from '../../ui/code-text.tsx';
import { Command } from '../../ui/copy-button.tsx';
import { detailSteps } from '../frames/more-detail-steps.ts';
import { useOwnerFrames } from '../frames/use-owner-frames.ts';

/** The right zone has the commands of the debugger at hand. */
const askNext = 'Registers and words would place them: see What to ask next.';

/** Nothing of this stack can be placed: why, what would place it, and where its calls are. */
export function EmptyStack({ picture }: { picture: StackPicture | undefined }) {
  const showTab = useView((state) => state.showTab);
  const owned = useOwnerFrames();
  const spoken = useSnapshotView()?.session.questions.spoken;
  const steps = owned === undefined ? [] : detailSteps(owned.frames, picture, owned.stopped, spoken);
  const title = owned?.title ?? 'this goroutine';
  return (
    <div className="stack-state">
      <h2>No place of this stack is known</h2>
      <p>
        {owned?.stopped === true
          ? `The calls of ${title} were printed without stack addresses. ${steps.length > 0 ? 'In the debugger, these place them:' : askNext}`
          : `The frames of ${title} were printed without sp= and fp=, so nothing says where they lie. ${steps.length > 0 ? '' : askNext}`}
      </p>
      {steps.length > 0 && (
        <ul role="list" className="stack-state-steps">
          {steps.map(({ why, command }) => (
            <li key={why}>
              <CodeText text={why} />
              {command !== undefined && <Command command={command} />}
            </li>
          ))}
        </ul>
      )}
      <button type="button" className="text-link" onClick={() => showTab('frames')}>
        Show its frames
      </button>
    </div>
  );
}
