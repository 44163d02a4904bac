import './stack.css';
import { CodeText } from '../../ui/code-text.tsx';
import { Command } from '../../ui/copy-button.tsx';

/** What is not in the case, and the command that gets it. */
export function MissingStrip({ why, command }: { why: string; command?: string | undefined }) {
  return (
    <div className="missing-strip" role="note">
      <span>
        <CodeText text={why} />
      </span>
      {command !== undefined && command !== '' && <Command command={command} />}
    </div>
  );
}
